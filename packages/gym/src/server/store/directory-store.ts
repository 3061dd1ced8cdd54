import type { Dirent } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Tau2Error } from "@tau2/domains";
import { decodeText } from "@tau2/domains/internal";
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
      const entries = await readdir(folder, { withFileTypes: true });
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        if (!entry.name.endsWith(extension)) continue;
        yield { id: entry.name.slice(0, -extension.length), read: () => readSession(join(folder, entry.name), entry) };
      }
    },
    put: (id, text) => writeFileAtomic(getPath(id), text, { encoding: "utf8", fsync: false, mode: PRIVATE_FILE }),
    delete: (id) => rm(getPath(id), { force: true }),
  };
}

/** Reads a session. A link is not followed: it could lead to any file that this user can read. @throws Tau2Error `storage`, `invalid` */
async function readSession(path: string, entry: Dirent): Promise<string> {
  if (!entry.isFile()) throw new Tau2Error("storage", `${path} is ${entry.isSymbolicLink() ? "a link" : "not a file"}: it is not read`);
  return decodeText(await readFile(path), path);
}
