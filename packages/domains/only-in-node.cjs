// Bundlers for browsers take this module in place of the entries that need Node: a reason instead of a built-in module that is empty there.
throw new Error(
  '@tau2/domains/data reads files, so it runs only in Node (or Bun, Deno). In a browser import the data, such as `@tau2/domains/data/airline/db.json`, and pass it to `parseInlineData` of @tau2/domains: see "In a browser" in the README of @tau2/domains.',
);
