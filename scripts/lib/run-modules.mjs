// Imports the modules named on the command line, one after the other, and writes a line of JSON for each to descriptor 3: path and error.
import { writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const limit = 10_000;

for (const path of process.argv.slice(2)) {
  const late = setTimeout(limit, `did not end within ${limit / 1000} seconds`, { ref: true });
  const error = await Promise.race([load(path), late]);
  writeSync(3, `${JSON.stringify([path, error])}\n`);
}
// An example may leave a timer or a socket open.
process.exit();

/** @param {string} path @returns {Promise<string | null>} */
async function load(path) {
  try {
    await import(pathToFileURL(path).href);
    return null;
  } catch (error) {
    return String(error instanceof Error ? (error.stack ?? error.message) : error);
  }
}
