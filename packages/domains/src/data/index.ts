export { loadData, loadEnvironment, loadGuidelines, type DataOptions } from "./load.ts";
