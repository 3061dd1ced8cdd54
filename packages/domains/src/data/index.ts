export { getStarterDirectory } from "./domain-directory.ts";
export { knownVersions, type KnownVersion, checkData, identifyDataVersion, type DataReport } from "./identify-data-version.ts";
export { loadData, loadEnvironment, loadGuidelines, type DataOptions } from "./load.ts";
