import { mkdir, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFile } from "./sync-file.ts";

/**
 * Writes a file from its parts, whole or not at all: whoever reads at the same time sees the old file or the new one, and neither a crash
 * nor a full disk leaves half of one. Folders are made.
 */
export async function writeFileAtomic(path: string, parts: Iterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.tmp`;
  const handle = await open(temporary, "w");
  try {
    // One by one: with Yarn PnP a file takes no iterable.
    for (const part of parts) await handle.appendFile(part);
    await syncFile(handle);
  } catch (error) {
    await handle.close();
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await handle.close();
  await rename(temporary, path);
}
