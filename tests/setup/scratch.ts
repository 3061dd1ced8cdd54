import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whatever tests and their processes leave in the folder for temporary files goes when all of them are over. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "tau2-tests-"));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
