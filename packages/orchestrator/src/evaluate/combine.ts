import { type Json, type RewardInfo, type RewardType, Tau2Error, type Task } from "@tau2/domains";
import type { EnvironmentPart } from "./environment.ts";
import { type EvaluationType, noteInfo, type Part, rewardInfoOf } from "./evaluation.ts";

/** The parts of an evaluation. `nl` is null where it is not looked at, `"not_graded"` where it should be and could not. */
export interface Parts {
  environment: EnvironmentPart;
  action: Part;
  communicate: Part;
  nl: Part | "not_graded" | null;
}

/** The parts in the order of the breakdown, with the components that each stands for. */
const order = [
  ["environment", ["DB", "ENV_ASSERTION"]],
  ["action", ["ACTION"]],
  ["nl", ["NL_ASSERTION"]],
  ["communicate", ["COMMUNICATE"]],
] as const satisfies readonly (readonly [keyof Parts, readonly RewardType[]])[];

/**
 * The reward of several components (docs/spec/core.md#7-7): the product of the parts that the basis names.
 * @throws Tau2Error `unsupported` when ungraded assertions are all that the basis names.
 */
export function combine(task: Task, parts: Parts, type: EvaluationType): RewardInfo {
  const basis = basisOf(task, type);
  if (parts.nl === "not_graded" && basis.every((component) => component === "NL_ASSERTION")) throw nothingGraded(task);
  let reward = 1;
  const breakdown: NonNullable<RewardInfo["reward_breakdown"]> = {};
  for (const [name, components] of order) {
    const part = parts[name];
    if (part === null || part === "not_graded" || !components.some((component) => basis.includes(component))) continue;
    reward *= part.reward;
    Object.assign(breakdown, part.breakdown);
  }
  const { environment, action, communicate, nl } = parts;
  const nlPart = nl === "not_graded" ? null : nl;
  const info: Record<string, Json> = {
    env: noteInfo(environment.note),
    nl: nl === "not_graded" ? noteInfo(NOT_GRADED) : noteInfo(nl?.note ?? null),
    communicate: noteInfo(communicate.note),
    action: noteInfo(action.note),
  };
  const checks = { ...environment.checks, ...action.checks, ...communicate.checks, ...nlPart?.checks };
  return rewardInfoOf({ reward, ...checks, reward_basis: [...basis], reward_breakdown: breakdown, info });
}

/** The reward of one component alone. The reference gives these the basis `DB`, whatever they are (docs/spec/core.md#7-7). */
export function single(part: Part, basis: readonly RewardType[] = ["DB"]): RewardInfo {
  return rewardInfoOf({
    reward: part.reward,
    ...part.checks,
    reward_basis: [...basis],
    reward_breakdown: part.breakdown,
    info: noteInfo(part.note),
  });
}

/** What stands in a reward that leaves assertions out for want of a judge. */
const NOT_GRADED = "Natural-language assertions were not graded: no judge model";

export function nothingGraded(task: Task): Tau2Error {
  return new Tau2Error(
    "unsupported",
    `task '${task.id}' would be graded by natural-language assertions alone, and there is no judge model to do it`,
  );
}

function basisOf(task: Task, type: EvaluationType): readonly RewardType[] {
  if (type === "all_ignore_basis") return ["DB", "ENV_ASSERTION", "ACTION", "COMMUNICATE"];
  if (type === "all_with_nl_assertions_ignore_basis") return ["DB", "ENV_ASSERTION", "ACTION", "COMMUNICATE", "NL_ASSERTION"];
  return task.evaluation_criteria!.reward_basis;
}
