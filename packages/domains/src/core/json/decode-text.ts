import { Tau2Error } from "../errors.ts";

/**
 * Decodes a UTF-8 file, without the byte order mark that some editors and PowerShell put at its start.
 * @param path names the file in errors
 * @throws Tau2Error `invalid` for other bytes; UTF-16 is named, since the remedy is then known.
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  const utf16 = findUtf16(bytes);
  if (utf16) throw new Tau2Error("invalid", `${path} is ${utf16} text: save it as UTF-8`);
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new Tau2Error("invalid", `${path} is not valid UTF-8 (corrupted, or not a text file)`, { cause });
  }
}

// It skips the mark unless `ignoreBOM` is set.
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Returns text without the byte order mark at its start. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** Finds UTF-16 by its byte order mark, or by the zero in each half of an ASCII character at the start. */
function findUtf16([first, second]: Uint8Array): "UTF-16LE" | "UTF-16BE" | null {
  if (first === undefined || second === undefined) return null;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "UTF-16LE";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "UTF-16BE";
  return null;
}
