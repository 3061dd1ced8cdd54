// Writes the address of the repository into every manifest, and into the links of the packages' READMEs, which npm shows without the repository around them.
// Usage: pnpm set-repository https://github.com/OWNER/NAME
import { setRepository } from "./lib/repository-url.mjs";
import { say } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";

try {
  const changed = setRepository(root, process.argv.slice(2).find((word) => word !== "--") ?? "");
  say(changed.length === 0 ? "Nothing to change." : changed.map((path) => `wrote ${path}`).join("\n"));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
