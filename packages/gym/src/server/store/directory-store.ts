import type { Dirent } from "node:fs";
import { open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Tau2Error } from "@tau2/domains";
import { decodeText } from "@tau2/domains/internal";
import { acquireLock, makePrivateFolder, PRIVATE_FILE } from "@tau2/orchestrator/internal";
import type { SessionStore } from "../core/session-document.ts";

const extension = ".session.json";
const temporaryExtension = `${extension}.tmp`;

/**
 * Creates a store that keeps each session as a file in a folder. Creates the folder, and locks it for this process. Writes are atomic: if the
 * process is killed or the disk is full, a file has its old or its new content. After a loss of power it may have an older one. Only the user
 * of the process can read the files.
 * @throws Tau2Error `busy` when another server uses the folder; `storage` when the lock cannot be written
 */
export async function directoryStore(folder: string): Promise<SessionStore> {
  await makePrivateFolder(folder);
  const release = await acquireLock(join(folder, "server.lock"), `the sessions in ${folder}`);
  const getPath = (id: string) => join(folder, `${id}${extension}`);
  return {
    async *load() {
      const entries = await readdir(folder, { withFileTypes: true });
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        // A killed server leaves the file that it was writing.
        if (entry.name.endsWith(temporaryExtension)) await rm(join(folder, entry.name), { force: true });
        if (!entry.name.endsWith(extension)) continue;
        yield { id: entry.name.slice(0, -extension.length), read: () => readSession(join(folder, entry.name), entry) };
      }
    },
    put: (id, text) => writeSession(getPath(id), text),
    delete: (id) => rm(getPath(id), { force: true }),
    close: release,
  };
}

/** Writes a session beside its old file, and replaces that once all bytes are written: a full disk may take only some of them. */
async function writeSession(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    const handle = await open(temporary, "w", PRIVATE_FILE);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Reads a session. A link is not followed: it could lead to any file that this user can read. @throws Tau2Error `storage`, `invalid` */
async function readSession(path: string, entry: Dirent): Promise<string> {
  if (!entry.isFile()) throw new Tau2Error("storage", `${path} is ${entry.isSymbolicLink() ? "a link" : "not a file"}: it is not read`);
  return decodeText(await readFile(path), path);
}
