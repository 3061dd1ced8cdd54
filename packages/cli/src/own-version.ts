import manifest from "../package.json" with { type: "json" };

/** Version of this package. The build writes it into the code. */
export function ownVersion(): string {
  return manifest.version;
}
