import { closeSync, openSync, readSync } from "node:fs";

const CHUNK = 1 << 22;

const code = { quote: 34, colon: 58, openBracket: 91, backslash: 92, closeBracket: 93, openBrace: 123, closeBrace: 125 };

/**
 * Reads a JSON file that may be longer than a string can be: yields the bytes of each object in the list under a key of the file's object,
 * one at a time, and returns the bytes of the rest, in which the list is empty. Finds them by brackets and quotes; their content is not checked.
 */
export function* readJsonElements(path: string, key: string): Generator<Buffer, Buffer> {
  const rest: Buffer[] = [];
  let element: Buffer[] | null = null;
  let [depth, isInList, isInString, isEscaped] = [0, false, false, false];
  let text = "";
  let lastKey = "";
  for (const chunk of readChunks(path)) {
    let from = 0;
    // Copied, since a small part would keep the whole chunk in memory.
    const takeRest = (to: number) => void (to > from && rest.push(Buffer.from(chunk.subarray(from, to))));
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === code.backslash) isEscaped = true;
        else if (byte === code.quote) isInString = false;
        else if (depth === 1) text += String.fromCharCode(byte);
        continue;
      }
      switch (byte) {
        case code.quote:
          isInString = true;
          text = "";
          break;
        case code.colon:
          if (depth === 1) lastKey = text;
          break;
        case code.openBracket:
          if (depth === 1 && lastKey === key) {
            isInList = true;
            takeRest(at + 1);
          }
          depth++;
          break;
        case code.openBrace:
          if (isInList && depth === 2) {
            element = [];
            from = at;
          }
          depth++;
          break;
        case code.closeBrace:
        case code.closeBracket:
          depth--;
          if (isInList && depth === 2 && element) {
            yield Buffer.concat([...element, chunk.subarray(from, at + 1)]);
            element = null;
          }
          if (isInList && depth === 1) {
            isInList = false;
            from = at;
          }
      }
    }
    if (element) element.push(chunk.subarray(from));
    else if (!isInList) takeRest(chunk.length);
  }
  return Buffer.concat(rest);
}

function* readChunks(path: string): Generator<Buffer> {
  const file = openSync(path, "r");
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const size = readSync(file, chunk);
      if (size === 0) return;
      yield chunk.subarray(0, size);
    }
  } finally {
    closeSync(file);
  }
}
