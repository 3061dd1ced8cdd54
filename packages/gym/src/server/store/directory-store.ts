import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { SessionStore } from "../core/session-document.ts";

const ending = ".session.json";

/**
 * Keeps sessions as files in a folder, which is made. A file is the old one or the new one, whatever happens to this process; after a loss of
 * power it may be the one before.
 */
export async function directoryStore(folder: string): Promise<SessionStore> {
  await mkdir(folder, { recursive: true });
  const fileOf = (id: string) => join(folder, `${id}${ending}`);
  return {
    async *load() {
      for (const name of (await readdir(folder)).toSorted()) {
        if (name.endsWith(ending)) yield { id: name.slice(0, -ending.length), text: await readFile(join(folder, name), "utf8") };
      }
    },
    put: (id, text) => writeFileAtomic(fileOf(id), text, { encoding: "utf8", fsync: false }),
    delete: (id) => rm(fileOf(id), { force: true }),
  };
}
