import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { SessionStore } from "../core/session-document.ts";

const extension = ".session.json";

/**
 * Creates a store that keeps each session as a file in a folder. Creates the folder. Writes are atomic: if the process is killed, a file has its
 * old or its new content. After a loss of power it may have an older one.
 */
export async function directoryStore(folder: string): Promise<SessionStore> {
  await mkdir(folder, { recursive: true });
  const getPath = (id: string) => join(folder, `${id}${extension}`);
  return {
    async *load() {
      for (const name of (await readdir(folder)).toSorted()) {
        if (name.endsWith(extension)) yield { id: name.slice(0, -extension.length), text: await readFile(join(folder, name), "utf8") };
      }
    },
    put: (id, text) => writeFileAtomic(getPath(id), text, { encoding: "utf8", fsync: false }),
    delete: (id) => rm(getPath(id), { force: true }),
  };
}
