import manifest from "../package.json" with { type: "json" };

/** Version of this package. The build writes it into the code. */
export function getOwnVersion(): string {
  return manifest.version;
}
