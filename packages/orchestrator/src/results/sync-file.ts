import { fdatasync, fsync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { promisify } from "node:util";

const [syncAll, syncData] = [promisify(fsync), promisify(fdatasync)];

/** Waits until a file is on the disk. By its descriptor: with Yarn PnP the methods `sync` and `datasync` of handles throw. */
export function syncFile({ fd }: Pick<FileHandle, "fd">, { dataOnly = false } = {}): Promise<void> {
  return dataOnly ? syncData(fd) : syncAll(fd);
}
