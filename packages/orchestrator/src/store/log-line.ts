import { isRecord, Tau2Error } from "@tau2/domains";

/**
 * The JSON object that a line of a log holds; null for a line that holds none.
 * @param known the newest form of the log that can be read; sessions say which form theirs is
 * @param written what is in the log, to stand before "by a newer version": `this run was written`
 * @throws Tau2Error `unsupported` for the log of a newer form
 */
export function formatLogLine(line: string, known: number, written: string): Record<string, unknown> | null {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(content)) return null;
  const { kind, form } = content;
  if (kind === "session" && typeof form === "number" && form > known) {
    throw new Tau2Error("unsupported", `${written} by a newer version of tau2 (form ${form}, known is ${known}); update it`);
  }
  return content;
}
