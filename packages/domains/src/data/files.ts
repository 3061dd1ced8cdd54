import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { parse as parseToml } from "smol-toml";
import { messageOf, Tau2Error } from "../core/errors.ts";
import { parseOrderedJson } from "../core/json.ts";

/** Text of a data file. @throws Tau2Error `not_found` naming the file. */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Tau2Error("not_found", `cannot read ${path}: ${messageOf(cause)}`, { cause });
  }
}

/** Content of a JSON or TOML data file, keys in the file's order. @throws Tau2Error naming the file and the place in it. */
export function readStructured(path: string): unknown {
  const text = readText(path);
  try {
    return extname(path) === ".toml" ? parseToml(text) : parseOrderedJson(text);
  } catch (cause) {
    throw new Tau2Error("invalid", `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
