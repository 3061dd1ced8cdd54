import { pathToFileURL } from "node:url";
import { getErrorMessage, isRecord } from "@tau2/domains/internal";
import { UsageError } from "./errors.ts";

/** Imports a module of the user, in any language that Node or a transpiler understands. @throws UsageError when it cannot be loaded */
export async function importModule(path: string): Promise<Record<string, unknown>> {
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
