import { isRecord } from "@tau2/domains/internal";
import type { Task } from "@tau2/domains";
import { valueText } from "../value-text.ts";
import type { RunIdentity } from "./run-identity.ts";

/** A part of a run that is not what it was. */
export interface IdentityDifference {
  /** Where it is, such as `agent.llm` or `tasks`. */
  part: string;
  /** For people: `agent.llm: "a" before, "b" now`. */
  text: string;
}

/** How two runs are told apart in a difference's text. */
export interface DifferenceWords {
  first: string;
  second: string;
  /** Of one thing that is only known by its hash, and of several. */
  unlike: readonly [one: string, several: string];
}

/** One run, then and now. */
const comeBack: DifferenceWords = { first: "before", second: "now", unlike: ["not what it was", "not what they were"] };

/**
 * What of two runs' identities differs, in their order; empty when results of both may stand beside each other. A part that one of them does
 * not know, and a judge that only one of them has, are no difference.
 */
export function compareIdentities(
  before: Partial<RunIdentity>,
  now: Partial<RunIdentity>,
  words: DifferenceWords = comeBack,
): IdentityDifference[] {
  const { judge, ...rest } = before;
  return differences(judge && now.judge ? before : rest, { ...now }, "", words);
}

/** Tasks of the same id that are not the same. */
export function compareTasks(before: readonly Task[], now: readonly Task[], words = comeBack): IdentityDifference[] {
  const known = new Map(before.map((task) => [task.id, valueText(task)]));
  const changed = now.filter((task) => (known.get(task.id) ?? valueText(task)) !== valueText(task)).map(({ id }) => `'${id}'`);
  if (changed.length === 0) return [];
  const named = `${changed.slice(0, 5).join(", ")}${changed.length > 5 ? `, and ${changed.length - 5} more` : ""}`;
  const [one, several] = words.unlike;
  return [{ part: "tasks", text: `tasks: ${named} ${changed.length === 1 ? `is ${one}` : `are ${several}`}` }];
}

function differences(before: object, now: object, path: string, words: DifferenceWords): IdentityDifference[] {
  return Object.entries(before).flatMap(([key, old]: [string, unknown]) => {
    const part = path === "" ? key : `${path}.${key}`;
    const value = (now as Record<string, unknown>)[key];
    if (value === undefined || old === undefined || valueText(old) === valueText(value)) return [];
    if (isRecord(old) && isRecord(value) && key !== "llm_args") return differences(old, value, part, words);
    return [{ part, text: `${part}: ${describe(old, value, words)}` }];
  });
}

function describe(before: unknown, now: unknown, { first, second, unlike }: DifferenceWords): string {
  return isHash(before) && isHash(now) ? unlike[0] : `${valueText(before)} ${first}, ${valueText(now)} ${second}`;
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}
