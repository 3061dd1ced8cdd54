import { Tau2Error } from "@tau2/domains";
import { checkKeywords } from "./keywords.ts";
import type { TaskListName } from "./task-lists.ts";

/** What `reset` takes. */
export interface ResetKeywords {
  /** Which task: its place in the list, wrapped around at the end. By default 0. */
  sample_idx?: number | undefined;
  /** Which of several attempts at the same task; kept in the state. By default 0. */
  generation_idx?: number | undefined;
  /** By default 0. */
  try_step?: number | undefined;
  /** Kept in the state. By default 0. */
  batch_idx?: number | undefined;
  /** Which list, in place of the environment's `split`: for those who share an environment. */
  split?: TaskListName | undefined;
}

/** The same with a way to give up waiting. */
export interface AsyncResetKeywords extends ResetKeywords {
  signal?: AbortSignal | undefined;
}

const numbers = ["sample_idx", "generation_idx", "try_step", "batch_idx"] as const;
const splits: readonly TaskListName[] = ["train", "eval", "test"];

/** What `reset` was given, with nothing left out. */
export type ReadReset = Record<(typeof numbers)[number], number> & { split: TaskListName };

/** @throws Tau2Error `invalid` naming the keyword that does not exist, or whose value cannot be used */
export function readReset(keywords: AsyncResetKeywords, split: TaskListName, own: readonly string[] = []): ReadReset {
  checkKeywords("reset", keywords, [...numbers, "split", ...own]);
  const read = Object.fromEntries(numbers.map((key) => [key, keywords[key] ?? 0])) as Record<(typeof numbers)[number], number>;
  const odd = numbers.find((key) => !Number.isSafeInteger(read[key]));
  if (odd) throw new Tau2Error("invalid", `${odd} is ${String(read[odd])}; it must be a whole number`);
  const chosen = keywords.split ?? split;
  if (!splits.includes(chosen)) throw new Tau2Error("invalid", `there is no split '${chosen}'; there are ${splits.join(", ")}`);
  return { ...read, split: chosen };
}
