import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Where the worker's code is, and what Node needs to run it. */
export interface WorkerFile {
  url: URL;
  /** Undefined: what this process was started with. */
  execArgv: string[] | undefined;
}

/** Beside the built code; or, where this repository's tests run on sources, a file that can do that. */
export function workerFile(): WorkerFile {
  // Over the package's own name, because the bundler moves this code to other depths.
  const root = dirname(createRequire(import.meta.url).resolve("@tau2/gym/package.json"));
  const at = (path: string) => pathToFileURL(join(root, path));
  if (!import.meta.url.endsWith(".ts")) return { url: at("dist/worker.js"), execArgv: undefined };
  return { url: at("test/worker.mjs"), execArgv: ["--conditions=@tau2/source"] };
}
