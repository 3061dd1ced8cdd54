import manifest from "../../package.json" with { type: "json" };

/** Version of this package. The build writes it into the code, which has no manifest beside it in a bundle. */
export function gymVersion(): string {
  return manifest.version;
}
