export { starterDirectory } from "./domain-directory.ts";
export { knownVersions, type KnownVersion } from "./known-versions.ts";
export { checkData, identifyDataVersion, type DataReport } from "./recognise.ts";
export { loadData, loadEnvironment, loadGuidelines, type DataOptions } from "./load.ts";
