import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Where the worker's code is, and what Node needs to run it. */
export interface WorkerFile {
  url: URL;
  /** Undefined: what this process was started with. */
  execArgv: string[] | undefined;
}

/** Beside the built code; or among the sources, where these run as they are. */
export function workerFile(): WorkerFile {
  // Over the package's own name, because the bundler moves this code to other depths.
  const root = dirname(createRequire(import.meta.url).resolve("@tau2/gym/package.json"));
  const isSource = import.meta.url.endsWith(".ts");
  return {
    url: pathToFileURL(join(root, isSource ? "src/tau2bench/blocking/worker.ts" : "dist/worker.js")),
    execArgv: isSource ? ["--conditions=@tau2/source", "--import", "tsx"] : undefined,
  };
}
