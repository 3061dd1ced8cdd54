// Lists the public names of the packages by entry, and those that no page, README or example shows.
// `--names` also prints every name; `--check` exits with 1 when a name is not shown.
import { parseArgs } from "node:util";
import { listPublicNames } from "./lib/public-names.mjs";
import { say } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false }, names: { type: "boolean", default: false } } });
const entries = listPublicNames(root);
for (const { entry, names, unused } of entries) {
  say(`${String(names.length).padStart(5)}  ${entry}`);
  if (values.names) say(`       ${names.join(" ")}`);
  if (unused.length > 0) say(`       not shown: ${unused.join(" ")}`);
}
const total = entries.reduce((sum, { names }) => sum + names.length, 0);
const missing = entries.reduce((sum, { unused }) => sum + unused.length, 0);
say(`${total} public names, ${missing} not shown in a page, README or example`);
process.exitCode = values.check && missing > 0 ? 1 : 0;
