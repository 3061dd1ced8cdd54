import { closeSync, openSync, readSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { isTau2Error, type Domain } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import { list } from "tar";
import { openPromise } from "yauzl";
import { UsageError } from "../errors.ts";
import { DataFilePicker, type DataFiles } from "./data-files.ts";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { download, type DownloadOptions } from "./download.ts";

/**
 * The data files in a zip (a Python wheel is one), a tar or a tar.gz. Nothing is unpacked to disk.
 * @param from names the archive in errors
 * @throws UsageError for another kind of file, a damaged one, one without data, or an entry that leads out of it
 */
async function readArchive(path: string, from: string): Promise<DataFiles> {
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

/**
 * The data files of an address (http or https), an archive or a directory.
 * @throws UsageError, or Tau2Error `download`, saying what is wrong with it
 */
export async function readSource(from: string, cwd: string, options: DownloadOptions = {}): Promise<DataFiles> {
  if (/^https?:\/\//i.test(from)) return readAddress(from, options);
  const path = resolve(cwd, from);
  if (!existsSync(path))
    throw new UsageError(`there is nothing at ${path}; --from takes a directory, a zip, a wheel, a tar.gz, or the address of one`);
  return statSync(path).isDirectory() ? readDirectory(path) : readArchive(path, path);
}

async function readAddress(url: string, options: DownloadOptions): Promise<DataFiles> {
  const folder = mkdtempSync(join(tmpdir(), "tau2-download-"));
  try {
    const file = join(folder, "archive");
    await download(url, file, options);
    return await readArchive(file, url);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readDirectory(home: string): DataFiles {
  const picker = new DataFilePicker(home);
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(home, path).replaceAll(sep, "/");
    const { size } = entry.isFile() ? statSync(path) : { size: -1 };
    if (size >= 0 && picker.wants(name, size)) picker.take(name, readFileSync(path));
  }
  return picker.files();
}
