// Bundlers for browsers take this module in place of the entries that need Node: a reason instead of a built-in module that is empty there.
throw new Error(
  "This entry of @tau2/gym reads files, so it runs only in Node (or Bun, Deno). In a browser use @tau2/domains for tools and databases, or call a server that `npx @tau2/cli serve` starts.",
);
