import { createRequire } from "node:module";

/** Version of this package. */
export function gymVersion(): string {
  const { version } = createRequire(import.meta.url)("@tau2/gym/package.json") as { version: string };
  return version;
}
