// What Python calls white space. JavaScript's own adds U+FEFF and leaves out U+001C to U+001F and U+0085.
const blank = new RegExp(String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`);

/** Python's `str.strip()`. */
export function pythonStrip(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blank.test(text.charAt(start))) start++;
  while (end > start && blank.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

const prefix = /^(?:user|tool|assistant|system): /;

/**
 * An observation's text without the roles before its lines (docs/spec/act-prm.md#7-4): one prefix a line, so a line of somebody's own words that
 * begins like one loses it too.
 */
export function parseObservation(text: string): string {
  return pythonStrip(text)
    .split("\n")
    .map((line) => line.replace(prefix, ""))
    .join("\n");
}
