import { Tau2Error } from "../core/errors.ts";
import { isRecord, parseOrderedJson } from "../core/json/json.ts";
import { keepNumberKinds, parseJson } from "../core/json/number-kinds.ts";
import { createTaskSource, type TaskEntry } from "../core/domain/domain-data.ts";
import type { TaskSource } from "../core/domain/domain.ts";
import { parseData } from "../core/schema/schema.ts";
import { taskSchema } from "../core/task/task.ts";
import { decodeText } from "../core/json/decode-text.ts";
import { parseJsonText, readBytes } from "./files.ts";

/** An object in a JSON list: its bytes, and its `id` if that is a string. */
export interface JsonItem {
  readonly id: string | undefined;
  readonly bytes: Buffer;
}

const byteOrderMark = Buffer.from("\ufeff");

const code = { quote: 34, comma: 44, colon: 58, openBracket: 91, backslash: 92, closeBracket: 93, openBrace: 123, closeBrace: 125 };

/**
 * Finds the objects of a JSON list by their brackets, without parsing them. The ids of thousands of tasks are then known in the time that
 * reading the file takes. Errors inside of an object are found when it is parsed.
 * @returns null if the text is not a list of objects, judging by brackets and commas
 */
export function findJsonItems(bytes: Buffer): JsonItem[] | null {
  const items: JsonItem[] = [];
  let at = skipBlanks(bytes, bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0);
  if (bytes[at] !== code.openBracket) return null;
  at = skipBlanks(bytes, at + 1);
  while (bytes[at] !== code.closeBracket) {
    if (items.length > 0 && bytes[at] !== code.comma) return null;
    if (items.length > 0) at = skipBlanks(bytes, at + 1);
    const item = bytes[at] === code.openBrace ? findObject(bytes, at) : null;
    if (!item) return null;
    items.push(item);
    at = skipBlanks(bytes, at + item.bytes.length);
  }
  return skipBlanks(bytes, at + 1) === bytes.length ? items : null;
}

/** Finds the object that begins at an offset; null if the text ends before the object does. */
function findObject(bytes: Buffer, start: number): JsonItem | null {
  let depth = 0;
  let id: string | undefined;
  for (let at = start; at < bytes.length; at++) {
    switch (bytes[at]) {
      case code.quote: {
        const end = findStringEnd(bytes, at);
        if (depth === 1 && end === at + 3 && bytes.toString("latin1", at, end) === '"id') id = parseStringAfterColon(bytes, end + 1) ?? id;
        at = end;
        break;
      }
      case code.openBrace:
      case code.openBracket:
        depth++;
        break;
      case code.closeBrace:
      case code.closeBracket:
        if (--depth === 0) return { id, bytes: bytes.subarray(start, at + 1) };
    }
  }
  return null;
}

/** Returns the offset of the quote that closes the string opened at `open`. */
function findStringEnd(bytes: Buffer, open: number): number {
  let at = open + 1;
  while (at < bytes.length && bytes[at] !== code.quote) at += bytes[at] === code.backslash ? 2 : 1;
  return at;
}

/** Parses the string after a colon; undefined if another token follows. */
function parseStringAfterColon(bytes: Buffer, from: number): string | undefined {
  const colon = skipBlanks(bytes, from);
  const open = skipBlanks(bytes, colon + 1);
  if (bytes[colon] !== code.colon || bytes[open] !== code.quote) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8", open, findStringEnd(bytes, open) + 1)) as string;
  } catch {
    return undefined;
  }
}

function skipBlanks(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 32 || bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 9) at++;
  return at;
}

/** Opens a task file. The file is read on the first use, and each task when it is needed; their errors are thrown then. */
export function readTasks(path: string): TaskSource {
  return createTaskSource(() => createTaskEntries(readBytes(path), path), path);
}

function createTaskEntries(bytes: Buffer, path: string): TaskEntry[] {
  const whole = () => parseJsonText(decodeText(bytes, path), path);
  const entry = (id: unknown, content: () => unknown): TaskEntry => ({
    id,
    read() {
      const written = content();
      const task = parseData(taskSchema, written, `${path}, task '${String(id)}'`);
      keepNumberKinds(written, task);
      return task;
    },
  });
  const items = findJsonItems(bytes);
  if (items) return items.map(({ id, bytes: part }) => entry(id, () => tryParse(part) ?? whole()));
  // Either an object with the list under `tasks`, or a broken file, for which the parser has the better message.
  const content = whole();
  const list = isRecord(content) ? content["tasks"] : content;
  if (!Array.isArray(list))
    throw new Tau2Error("invalid", `${path} must be a list of tasks, or an object with a list under the key 'tasks'`);
  return list.map((task: unknown) => entry(isRecord(task) ? task["id"] : undefined, () => task));
}

/** Parses an item; null for a broken one. Parsing the whole file then throws with the position. */
function tryParse(bytes: Buffer): unknown {
  try {
    return parseOrderedJson(decodeText(bytes, ""), parseJson);
  } catch {
    return null;
  }
}
