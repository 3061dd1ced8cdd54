import { isRecord, pythonJson, type Task } from "@tau2/domains";
import type { RunIdentity } from "./run-identity.ts";

/** A part of a run that is not what it was. */
export interface IdentityDifference {
  /** Where it is, such as `agent.llm` or `tasks`. */
  part: string;
  /** For people: `agent.llm: "a" before, "b" now`. */
  text: string;
}

/**
 * What of two runs' identities differs, in their order; empty when results of both may stand beside each other. A part that one of them does
 * not know, and a judge that only one of them has, are no difference.
 */
export function identityDifferences(before: Partial<RunIdentity>, now: Partial<RunIdentity>): IdentityDifference[] {
  const { judge, ...rest } = before;
  return differences(judge && now.judge ? before : rest, { ...now }, "");
}

/** Tasks of the same id that are not the same. */
export function taskDifferences(before: readonly Task[], now: readonly Task[]): IdentityDifference[] {
  const known = new Map(before.map((task) => [task.id, textOf(task)]));
  const changed = now.filter((task) => (known.get(task.id) ?? textOf(task)) !== textOf(task)).map(({ id }) => `'${id}'`);
  if (changed.length === 0) return [];
  const named = `${changed.slice(0, 5).join(", ")}${changed.length > 5 ? `, and ${changed.length - 5} more` : ""}`;
  return [
    {
      part: "tasks",
      text: `tasks: ${named} ${changed.length === 1 ? "is" : "are"} not what ${changed.length === 1 ? "it was" : "they were"}`,
    },
  ];
}

function differences(before: object, now: object, path: string): IdentityDifference[] {
  return Object.entries(before).flatMap(([key, old]: [string, unknown]) => {
    const part = path === "" ? key : `${path}.${key}`;
    const value = (now as Record<string, unknown>)[key];
    if (value === undefined || old === undefined || textOf(old) === textOf(value)) return [];
    if (isRecord(old) && isRecord(value) && key !== "llm_args") return differences(old, value, part);
    return [{ part, text: `${part}: ${describe(old, value)}` }];
  });
}

function describe(before: unknown, now: unknown): string {
  return isHash(before) && isHash(now) ? "not what it was" : `${textOf(before)} before, ${textOf(now)} now`;
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function textOf(value: unknown): string {
  return pythonJson(value, { sortKeys: true });
}
