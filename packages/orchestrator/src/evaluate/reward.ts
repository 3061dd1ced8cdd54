import { Tau2Error, type RewardInfo, type Task } from "@tau2/domains";
import type { RewardType } from "@tau2/domains/internal";
import type { ComponentResults, RewardChecks } from "./component-result.ts";
import { wantsNlAssertions, type EvaluationRequest, type EvaluationType } from "./evaluation.ts";

/** Components in the order of the breakdown. */
const order = ["DB", "ENV_ASSERTION", "ACTION", "NL_ASSERTION", "COMMUNICATE"] as const satisfies readonly RewardType[];

const singleComponents: Partial<Record<EvaluationType, readonly RewardType[]>> = {
  env: ["DB", "ENV_ASSERTION"],
  action: ["ACTION"],
  communicate: ["COMMUNICATE"],
  nl_assertions: ["NL_ASSERTION"],
};

/**
 * Computes the reward: the product of the components that count (docs/spec/core.md#7-7).
 * @throws Tau2Error `unsupported` if natural-language assertions count, were not graded, and may not or cannot be left out
 */
export function computeReward(request: EvaluationRequest, results: ComponentResults): RewardInfo {
  const { task, type = "all", withoutJudge = "error" } = request;
  const nl = results.NL_ASSERTION;
  const isUngraded = nl.status === "not_graded" && wantsNlAssertions(task, type);
  if (isUngraded && withoutJudge === "error") throw judgeMissingError(request);
  const single = singleComponents[type];
  if (single) {
    if (isUngraded) throw nothingGradedError(task);
    return computeSingleReward(task, results, single);
  }
  const basis = getBasis(task, type);
  if (isUngraded && basis.every((component) => component === "NL_ASSERTION")) throw nothingGradedError(task);
  const counted = order.filter((component) => basis.includes(component) && isInTaskBasis(task, component));
  return createRewardInfo({
    ...multiply(results, counted),
    ...collectChecks(results, order),
    reward_basis: [...basis],
    info: {
      env: toNote(results.DB.info),
      nl: toNote(nl.info),
      communicate: toNote(results.COMMUNICATE.info),
      action: toNote(results.ACTION.info),
    },
  });
}

/** The reward of one evaluator alone. tau2-bench gives it the basis `DB`, except for an environment that was compared (docs/spec/core.md#7-7). */
function computeSingleReward(task: Task, results: ComponentResults, components: readonly RewardType[]): RewardInfo {
  const [first] = components;
  const isCompared = first === "DB" && results.DB.reward !== null;
  const counted = components.filter((component) => isInTaskBasis(task, component));
  const { reward, reward_breakdown } = multiply(results, counted);
  return createRewardInfo({
    reward,
    ...collectChecks(results, components),
    reward_basis: isCompared ? [...task.evaluation_criteria!.reward_basis] : ["DB"],
    reward_breakdown: first === "DB" && !isCompared ? null : reward_breakdown,
    info: toNote(results[first!].info),
  });
}

function multiply(results: ComponentResults, components: readonly RewardType[]): Pick<RewardInfo, "reward" | "reward_breakdown"> {
  let reward = 1;
  const reward_breakdown: NonNullable<RewardInfo["reward_breakdown"]> = {};
  for (const component of components) {
    const factor = results[component].reward;
    if (factor === null) continue;
    reward *= factor;
    reward_breakdown[component] = factor;
  }
  return { reward, reward_breakdown };
}

function collectChecks(results: ComponentResults, components: readonly RewardType[]): RewardChecks {
  const checks: RewardChecks = {};
  for (const component of components) Object.assign(checks, results[component].checks);
  return checks;
}

/** The environment's components count only if the task's own basis has them, also where the basis is ignored. */
function isInTaskBasis(task: Task, component: RewardType): boolean {
  const isEnvironment = component === "DB" || component === "ENV_ASSERTION";
  return !isEnvironment || (task.evaluation_criteria?.reward_basis.includes(component) ?? false);
}

function getBasis(task: Task, type: EvaluationType): readonly RewardType[] {
  if (type === "all_ignore_basis") return ["DB", "ENV_ASSERTION", "ACTION", "COMMUNICATE"];
  if (type === "all_with_nl_assertions_ignore_basis") return ["DB", "ENV_ASSERTION", "ACTION", "COMMUNICATE", "NL_ASSERTION"];
  return task.evaluation_criteria?.reward_basis ?? [];
}

/** Creates a reward info with null for the missing fields, in the order of results files. */
export function createRewardInfo(fields: Partial<RewardInfo> & Pick<RewardInfo, "reward">): RewardInfo {
  return {
    reward: fields.reward,
    db_check: fields.db_check ?? null,
    env_assertions: fields.env_assertions ?? null,
    action_checks: fields.action_checks ?? null,
    nl_assertions: fields.nl_assertions ?? null,
    communicate_checks: fields.communicate_checks ?? null,
    reward_basis: fields.reward_basis ?? null,
    reward_breakdown: fields.reward_breakdown ?? null,
    info: fields.info ?? null,
  };
}

function toNote(note: string | null): { note: string } | null {
  return note === null ? null : { note };
}

function judgeMissingError({ task, type = "all" }: EvaluationRequest): Tau2Error {
  const count = task.evaluation_criteria?.nl_assertions?.length ?? 0;
  const what = `${count} natural-language assertion${count === 1 ? "" : "s"}`;
  return new Tau2Error(
    "unsupported",
    `task '${task.id}' is graded (${type}) by ${what}, which need a judge: set a judge model, or withoutJudge: "not_graded" to leave them out of the reward`,
  );
}

function nothingGradedError(task: Task): Tau2Error {
  return new Tau2Error(
    "unsupported",
    `task '${task.id}' would be graded by natural-language assertions alone, which need a judge: set a judge model`,
  );
}
