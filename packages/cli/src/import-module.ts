import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { getErrorMessage, isRecord } from "@tau2/domains/internal";
import { UsageError } from "./errors.ts";

const moduleKinds: ReadonlySet<string> = new Set([".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"]);

/** Returns whether a value of the command line is the path of a module. */
export function isModulePath(value: string): boolean {
  return moduleKinds.has(extname(value));
}

/** Kind of value that a module of the user exports. */
export interface ExportKind<T> {
  /** Name with its article, `a domain`. */
  readonly name: string;
  /** Advice on the right export, a sentence without a period. */
  readonly advice: string;
  accepts(value: unknown): value is T;
}

/**
 * Loads the value of a kind that a module exports: its default, or its only export of the kind.
 * @throws UsageError when the module does not exist, cannot be loaded, or exports none or several
 */
export async function loadExport<T>(file: string, cwd: string, { name, advice, accepts }: ExportKind<T>): Promise<T> {
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new UsageError(`module ${path} does not exist; it should export ${name}`);
  const exported = await importModule(path);
  if (accepts(exported["default"])) return exported["default"];
  const found = Object.entries(exported).filter((entry): entry is [string, T & {}] => accepts(entry[1]));
  if (new Set(found.map(([, value]) => value)).size === 1) return found[0]![1];
  const names = found.map(([exportName]) => exportName).join(", ");
  const problem = found.length === 0 ? `does not export ${name}` : `exports ${found.length} values that could be ${name} (${names})`;
  throw new UsageError(`${file} ${problem}; ${advice}`);
}

/** Imports a module of the user, in any language that Node or a transpiler understands. @throws UsageError when it cannot be loaded */
async function importModule(path: string): Promise<Record<string, unknown>> {
  try {
    return await importNatively(path).catch((thrown: unknown) => {
      if (isRecord(thrown) && notNative.has(thrown["code"])) return importTranspiled(path);
      throw thrown;
    });
  } catch (cause) {
    throw new UsageError(`${path} cannot be loaded: ${getErrorMessage(cause)}`, { cause });
  }
}

/**
 * Errors of Node for TypeScript that it does not run by itself: Node 20 runs none, later versions only erasable types. The last two also
 * come from imports without their suffix, and from the CommonJS build, where the address of a file is not the name of a module.
 */
const notNative: ReadonlySet<unknown> = new Set([
  "ERR_UNKNOWN_FILE_EXTENSION",
  "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
  "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
  "ERR_MODULE_NOT_FOUND",
  "MODULE_NOT_FOUND",
]);

async function importNatively(path: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
}

async function importTranspiled(path: string): Promise<Record<string, unknown>> {
  const { createJiti } = await import("jiti");
  return createJiti(import.meta.url).import<Record<string, unknown>>(path);
}
