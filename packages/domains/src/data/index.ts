export { getStarterDirectory } from "./domain-directory.ts";
export { knownVersions, checkData, identifyDataVersion, type DataReport } from "./identify-data-version.ts";
export { loadData, loadEnvironment, loadGuidelines } from "./load.ts";
