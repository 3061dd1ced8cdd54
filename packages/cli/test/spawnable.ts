import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(new URL("../../../package.json", import.meta.url)).resolve("tsx")).href;

/** Starts a command line as a process of its own, from the sources. */
export function spawnable(words: readonly string[]): { command: string; args: string[]; env: Record<string, string> } {
  const { PATH = "" } = process.env;
  return { command: process.execPath, args: ["--conditions=@tau2/source", "--import", tsx, main, ...words], env: { PATH } };
}
