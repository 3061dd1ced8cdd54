import manifest from "../../package.json" with { type: "json" };

/** Version of this package. The build writes it into the code, since a bundle does not include the manifest. */
export function gymVersion(): string {
  return manifest.version;
}
