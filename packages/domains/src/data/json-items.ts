/** An object in a JSON list: its text, and its `id` if that is a text. */
export interface JsonItem {
  readonly id: string | undefined;
  readonly bytes: Buffer;
}

const sign = { quote: 34, comma: 44, colon: 58, openBracket: 91, backslash: 92, closeBracket: 93, openBrace: 123, closeBrace: 125 };

/**
 * The objects of a JSON list, found by their brackets alone: a file of thousands of them gives its ids in about the time that reading it
 * takes, and only what is looked at need be parsed. Whether an object is good JSON shows when it is parsed.
 * @returns null for what is not a list of objects, as far as brackets and commas tell
 */
export function jsonItems(bytes: Buffer): JsonItem[] | null {
  const items: JsonItem[] = [];
  let at = afterBlanks(bytes, 0);
  if (bytes[at] !== sign.openBracket) return null;
  at = afterBlanks(bytes, at + 1);
  while (bytes[at] !== sign.closeBracket) {
    if (items.length > 0 && bytes[at] !== sign.comma) return null;
    if (items.length > 0) at = afterBlanks(bytes, at + 1);
    const item = bytes[at] === sign.openBrace ? objectAt(bytes, at) : null;
    if (!item) return null;
    items.push(item);
    at = afterBlanks(bytes, at + item.bytes.length);
  }
  return afterBlanks(bytes, at + 1) === bytes.length ? items : null;
}

/** The object that begins at a place; null when the text ends before it. */
function objectAt(bytes: Buffer, start: number): JsonItem | null {
  let depth = 0;
  let id: string | undefined;
  for (let at = start; at < bytes.length; at++) {
    switch (bytes[at]) {
      case sign.quote: {
        const end = endOfText(bytes, at);
        if (depth === 1 && end === at + 3 && bytes.toString("latin1", at, end) === '"id') id = textAfterColon(bytes, end + 1) ?? id;
        at = end;
        break;
      }
      case sign.openBrace:
      case sign.openBracket:
        depth++;
        break;
      case sign.closeBrace:
      case sign.closeBracket:
        if (--depth === 0) return { id, bytes: bytes.subarray(start, at + 1) };
    }
  }
  return null;
}

/** Where the quote is that closes the text opened at a place. */
function endOfText(bytes: Buffer, open: number): number {
  let at = open + 1;
  while (at < bytes.length && bytes[at] !== sign.quote) at += bytes[at] === sign.backslash ? 2 : 1;
  return at;
}

/** The text that follows a colon; undefined where no colon or no text follows. */
function textAfterColon(bytes: Buffer, from: number): string | undefined {
  const colon = afterBlanks(bytes, from);
  const open = afterBlanks(bytes, colon + 1);
  if (bytes[colon] !== sign.colon || bytes[open] !== sign.quote) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8", open, endOfText(bytes, open) + 1)) as string;
  } catch {
    return undefined;
  }
}

function afterBlanks(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 32 || bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 9) at++;
  return at;
}
