import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { UsageError } from "../cli-error.ts";
import { DataFilePicker, type DataFiles } from "./data-files.ts";
import { download, type DownloadOptions } from "./download.ts";
import { readArchive } from "./read-archive.ts";

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
