import { createRequire } from "node:module";
import { arch, platform } from "node:os";

/** The programs that a run was made with. */
export interface RuntimeVersions {
  /** Version by package. */
  packages: Record<string, string>;
  node: string;
  platform: string;
}

const packages = ["@tau2/domains", "@tau2/user-sim", "@tau2/orchestrator", "zod"];

/** The versions that are at work in this process. */
export function getRuntimeVersions(): RuntimeVersions {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
  return {
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
    node: process.versions.node,
    platform: `${platform()} ${arch()}`,
  };
}
