import { isRecord } from "@tau2/domains/internal";

/** Text of a message and the reasoning beside it. */
export interface MessageText {
  content: string | null;
  /** Empty without reasoning. */
  reasoning: string;
}

const reasoningTypes: ReadonlySet<unknown> = new Set(["thinking", "reasoning"]);

/**
 * Reads the `content` of a message in every form in which endpoints write it: text, null, or a list of parts. Text parts are joined, and
 * parts of type `thinking` or `reasoning` are the reasoning.
 */
export function readContent(content: string | readonly unknown[] | null | undefined): MessageText {
  if (typeof content === "string" || !content) return { content: content ?? null, reasoning: "" };
  const [reasoning, said] = partition(content, (part) => isRecord(part) && reasoningTypes.has(part["type"]));
  return { content: said.length > 0 ? said.map(readText).join("") : null, reasoning: reasoning.map(readText).join("") };
}

/** Returns the text of a part. Endpoints put it under different keys, and nest parts in parts. */
function readText(part: unknown): string {
  if (typeof part === "string") return part;
  if (Array.isArray(part)) return part.map(readText).join("");
  if (!isRecord(part)) return "";
  const key = ["text", "thinking", "reasoning", "refusal", "summary", "content"].find((name) => part[name] !== undefined);
  return key === undefined ? "" : readText(part[key]);
}

function partition<T>(values: readonly T[], test: (value: T) => boolean): [T[], T[]] {
  return [values.filter(test), values.filter((value) => !test(value))];
}
