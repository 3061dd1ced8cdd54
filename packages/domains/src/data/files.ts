import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { parse as parseToml, TomlError } from "smol-toml";
import { getErrorMessage, Tau2Error } from "../core/errors.ts";
import { decodeText } from "../core/json/decode-text.ts";
import { isRecord, parseOrderedJson } from "../core/json/json.ts";
import { locateJsonError } from "../core/json/locate-json-error.ts";

/** Reads a data file. @throws Tau2Error `not_found`, naming the file. */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const missing = isRecord(cause) && cause["code"] === "ENOENT";
    throw new Tau2Error("not_found", `cannot read ${path}: ${missing ? "file not found" : getErrorMessage(cause)}`, { cause });
  }
}

/** Reads a text file. @throws Tau2Error `not_found` or `invalid`, naming the file. */
export function readText(path: string): string {
  return decodeText(readBytes(path), path);
}

/** Reads a JSON or TOML file, with keys in the file's order. @throws Tau2Error `not_found` or `invalid`, naming the file and the position. */
export function readStructured(path: string): unknown {
  const text = readText(path);
  return extname(path) === ".toml" ? parseTomlText(text, path) : parseJsonText(text, path);
}

/** Parses JSON, with keys in the text's order. @throws Tau2Error `invalid`, naming the file, the line and the column. */
export function parseJsonText(text: string, path: string): unknown {
  try {
    return parseOrderedJson(text);
  } catch (cause) {
    const { line, column, problem } = locateJsonError(text);
    throw createSyntaxError(path, "JSON", line, column, problem, cause);
  }
}

function parseTomlText(text: string, path: string): unknown {
  try {
    return parseToml(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const [problem = ""] = cause.message.replace(/^.*?: /, "").split("\n");
    throw createSyntaxError(path, "TOML", cause.line, cause.column, problem, cause);
  }
}

function createSyntaxError(path: string, format: string, line: number, column: number, problem: string, cause: unknown): Tau2Error {
  return new Tau2Error("invalid", `${path} is not valid ${format} at line ${line}, column ${column}: ${problem}`, { cause });
}
