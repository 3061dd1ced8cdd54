import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** How the simulated user is to behave: one text for users without tools, one for users with tools. */
export interface UserGuidelines {
  plain: string;
  tools: string;
}

let shipped: UserGuidelines | undefined;

/** This package's own guidelines, read from `prompts/` on first use. With an official data directory use `loadGuidelines` of `@tau2/domains/data`. */
export function getUserGuidelines(): UserGuidelines {
  // Over the package's own name, because the bundler moves this code to other depths.
  const prompts = () => join(dirname(createRequire(import.meta.url).resolve("@tau2/user-sim/package.json")), "prompts");
  const read = (name: string) => readFileSync(join(prompts(), name), "utf8");
  return (shipped ??= { plain: read("user-guidelines.md"), tools: read("user-guidelines-tools.md") });
}
