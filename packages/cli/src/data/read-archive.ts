import { closeSync, openSync, readSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { isTau2Error } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import { list } from "tar";
import { openPromise } from "yauzl";
import { UsageError } from "../cli-error.ts";
import { DataFilePicker, type DataFiles } from "./data-files.ts";

/**
 * The data files in a zip (a Python wheel is one), a tar or a tar.gz. Nothing is unpacked to disk.
 * @param from names the archive in errors
 * @throws UsageError when it is none of these, is damaged, holds no data, or an entry leads out of it
 */
export async function readArchive(path: string, from: string): Promise<DataFiles> {
  const picker = new DataFilePicker(from);
  try {
    await (isZip(path) ? readZip(path, picker) : readTar(path, picker));
  } catch (cause) {
    if (isTau2Error(cause)) throw cause;
    throw new UsageError(`${from} cannot be read as a zip, a wheel or a tar.gz; it may be damaged: ${getErrorMessage(cause)}`, { cause });
  }
  return picker.files();
}

function isZip(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(2);
    readSync(file, start);
    return start.toString("latin1") === "PK";
  } finally {
    closeSync(file);
  }
}

async function readZip(path: string, picker: DataFilePicker): Promise<void> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: true, validateEntrySizes: true });
  try {
    for await (const entry of zip.eachEntry()) {
      if (!picker.wants(entry.fileName, entry.uncompressedSize)) continue;
      const bytes = await buffer(await zip.openReadStreamPromise(entry));
      if (crc32(bytes) !== entry.crc32) throw new Error(`checksum of ${entry.fileName} is wrong`);
      picker.take(entry.fileName, bytes);
    }
  } finally {
    zip.close();
  }
}

async function readTar(path: string, picker: DataFilePicker): Promise<void> {
  const reading: Promise<void>[] = [];
  let fault: unknown;
  await list({
    file: path,
    strict: true,
    onReadEntry(entry) {
      try {
        if (!picker.wants(entry.path, entry.size) || entry.type !== "File") return;
      } catch (thrown) {
        fault ??= thrown;
        return;
      }
      reading.push(entry.concat().then((bytes) => picker.take(entry.path, bytes as Buffer)));
    },
  });
  if (fault) throw fault;
  await Promise.all(reading);
}
