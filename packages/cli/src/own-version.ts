import { createRequire } from "node:module";

/** The version of this package. The path holds from the sources and from the build alike. */
export function ownVersion(): string {
  return (createRequire(import.meta.url)("../package.json") as { version: string }).version;
}
