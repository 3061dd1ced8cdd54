import type { Results } from "./results.ts";
import { resultsParts } from "./results-text.ts";
import { writeFileAtomic } from "./write-whole.ts";

/**
 * Writes a results file in the reference's one-file form. Folders are made. Whoever reads at the same time sees the old file or the new
 * one, never half of one, and neither a crash nor a full disk leaves half of one.
 */
export async function writeResults(path: string, results: Results): Promise<void> {
  await writeFileAtomic(path, resultsParts(results));
}
