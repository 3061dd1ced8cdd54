import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const read = new Map<string, string>();

/** A text of this package's folder `prompts` by its name, without the line end at its end. Read on the first use. */
export function promptFile(name: string): string {
  let text = read.get(name);
  if (text === undefined) {
    // Over the package's own name, because the bundler moves this code to other depths.
    const root = dirname(createRequire(import.meta.url).resolve("@tau2/orchestrator/package.json"));
    text = readFileSync(join(root, "prompts", `${name}.md`), "utf8").trimEnd();
    read.set(name, text);
  }
  return text;
}
