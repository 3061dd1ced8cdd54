import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Results } from "./results.ts";
import { resultsText } from "./results-text.ts";

/**
 * Writes a results file in the reference's one-file form. Folders are made. Whoever reads at the same time sees the old file or the new
 * one, never half of one, and a crash leaves one of them whole.
 */
export async function writeResults(path: string, results: Results): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, resultsText(results), "utf8");
}
