import { Tau2Error } from "../core/errors.ts";
import { isRecord, parseOrderedJson } from "../core/json/json.ts";
import { createTaskSource, type TaskEntry } from "../core/domain/domain-data.ts";
import type { TaskSource } from "../core/domain/domain.ts";
import { parseData } from "../core/schema/schema.ts";
import { taskSchema } from "../core/task/task.ts";
import { parseJsonText, readBytes, decodeText } from "./files.ts";

/** An object in a JSON list: its text, and its `id` if that is a text. */
export interface JsonItem {
  readonly id: string | undefined;
  readonly bytes: Buffer;
}

const code = { quote: 34, comma: 44, colon: 58, openBracket: 91, backslash: 92, closeBracket: 93, openBrace: 123, closeBrace: 125 };

/**
 * The objects of a JSON list, found by their brackets alone: a file of thousands of them gives its ids in about the time that reading it
 * takes, and only what is looked at need be parsed. Whether an object is good JSON shows when it is parsed.
 * @returns null for what is not a list of objects, as far as brackets and commas tell
 */
export function findJsonItems(bytes: Buffer): JsonItem[] | null {
  const items: JsonItem[] = [];
  let at = skipBlanks(bytes, 0);
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

/** The object that begins at a place; null when the text ends before it. */
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

/** Where the quote is that closes the text opened at a place. */
function findStringEnd(bytes: Buffer, open: number): number {
  let at = open + 1;
  while (at < bytes.length && bytes[at] !== code.quote) at += bytes[at] === code.backslash ? 2 : 1;
  return at;
}

/** The text that follows a colon; undefined where no colon or no text follows. */
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

/** The tasks of a file, each read when it is asked for. What is wrong with the file or a task is said then, naming both. */
export function readTasks(path: string): TaskSource {
  return createTaskSource(() => createTaskEntries(readBytes(path), path), path);
}

function createTaskEntries(bytes: Buffer, path: string): TaskEntry[] {
  const whole = () => parseJsonText(decodeText(bytes, path), path);
  const entry = (id: unknown, content: () => unknown): TaskEntry => ({
    id,
    read: () => parseData(taskSchema, content(), `${path}, task '${String(id)}'`),
  });
  const items = findJsonItems(bytes);
  if (items) return items.map(({ id, bytes: part }) => entry(id, () => tryParse(part) ?? whole()));
  // An object that holds the list, or a broken file, about which the parser has more to say.
  const content = whole();
  const list = isRecord(content) ? content["tasks"] : content;
  if (!Array.isArray(list)) throw new Tau2Error("invalid", `${path} holds no list of tasks, neither as a whole nor under the key 'tasks'`);
  return list.map((task: unknown) => entry(isRecord(task) ? task["id"] : undefined, () => task));
}

/** An item's content; null for a broken one, whose place in the file the parser of the whole file tells. */
function tryParse(bytes: Buffer): unknown {
  try {
    return parseOrderedJson(decodeText(bytes, ""));
  } catch {
    return null;
  }
}
