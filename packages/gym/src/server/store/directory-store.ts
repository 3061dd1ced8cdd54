import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { makePrivateFolder, PRIVATE_FILE } from "@tau2/orchestrator/internal";
import writeFileAtomic from "write-file-atomic";
import type { SessionStore } from "../core/session-document.ts";

const extension = ".session.json";

/**
 * Creates a store that keeps each session as a file in a folder. Creates the folder. Writes are atomic: if the process is killed, a file has its
 * old or its new content. After a loss of power it may have an older one. Only the user of the process can read the files.
 */
export async function directoryStore(folder: string): Promise<SessionStore> {
  await makePrivateFolder(folder);
  const getPath = (id: string) => join(folder, `${id}${extension}`);
  return {
    async *load() {
      for (const name of (await readdir(folder)).toSorted()) {
        if (name.endsWith(extension)) yield { id: name.slice(0, -extension.length), text: await readFile(join(folder, name), "utf8") };
      }
    },
    put: (id, text) => writeFileAtomic(getPath(id), text, { encoding: "utf8", fsync: false, mode: PRIVATE_FILE }),
    delete: (id) => rm(getPath(id), { force: true }),
  };
}
