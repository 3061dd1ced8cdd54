import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findPackageFolder } from "@tau2/domains/data";
import { ModelError } from "@tau2/user-sim";

/** Where the worker's code is, and what Node needs to run it. */
export interface WorkerFile {
  url: URL;
  /** Undefined: what this process was started with. */
  execArgv: string[] | undefined;
}

/**
 * Returns the built file; or, where this repository's tests run on sources, one that runs TypeScript.
 * @throws ModelError `configuration` in a bundle that was moved away from the package.
 */
export function workerFile(): WorkerFile {
  // Empty in CommonJS bundles of ESM.
  const here = import.meta.url as string | undefined;
  const root = findPackageFolder("@tau2/gym", here);
  if (root === null) {
    throw new ModelError(
      "configuration",
      "a blocking environment asks models in a thread, and its file, dist/worker.js of @tau2/gym, is not in the bundle: " +
        "install @tau2/gym beside the bundle, or use `is_async: true`, which needs no thread",
    );
  }
  const at = (path: string) => pathToFileURL(join(root, path));
  if (here?.endsWith(".ts")) return { url: at("test/worker.mjs"), execArgv: ["--conditions=@tau2/source"] };
  return { url: at("dist/worker.js"), execArgv: undefined };
}
