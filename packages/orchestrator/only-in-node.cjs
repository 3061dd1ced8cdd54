// Bundlers for browsers take this module in place of the entries that need Node: a reason instead of a built-in module that is empty there.
throw new Error(
  "This entry of @tau2/orchestrator stores runs in files, so it runs only in Node (or Bun, Deno). In a browser use @tau2/orchestrator/evaluate, @tau2/orchestrator/metrics and @tau2/domains.",
);
