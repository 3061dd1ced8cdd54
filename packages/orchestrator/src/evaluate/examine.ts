import { getErrorMessage } from "@tau2/domains";
import { evaluateActions } from "./actions.ts";
import { evaluateCommunicate } from "./communicate.ts";
import { type EnvironmentPart, evaluateEnvironment } from "./environment.ts";
import type { ComponentReport, EvaluationRequest, Part } from "./evaluation.ts";

/** Everything that can be said about a conversation without asking a judge. */
export interface DeterministicChecks {
  rule: ComponentReport["rule"];
  /** Null for a task without criteria. */
  parts: { environment: EnvironmentPart | { failed: string }; action: Part; communicate: Part } | null;
  /** Natural-language assertions that the type of the evaluation wants judged. */
  toJudge: readonly string[];
}

/**
 * Looks at every component that needs no judge, whether it counts or not, so that the report can tell.
 * @throws Tau2Error when the environment counts and the trajectory cannot be replayed.
 */
export function runDeterministicChecks(request: EvaluationRequest): DeterministicChecks {
  const { environment, task, messages, type = "all", strict = true } = request;
  const criteria = task.evaluation_criteria;
  const rule = !endedByParty(request.terminationReason) ? "premature_termination" : criteria ? null : "no_criteria";
  if (!criteria) return { rule, parts: null, toJudge: [] };
  const environmentDecides = rule === null && (type === "env" || type.startsWith("all"));
  let environmentPart: EnvironmentPart | { failed: string };
  try {
    // Where the basis is ignored the reference replays strictly whatever it was told (docs/spec/core.md#7-7).
    environmentPart = evaluateEnvironment(environment, task, messages, strict || type.endsWith("_ignore_basis"));
  } catch (thrown) {
    if (environmentDecides) throw thrown;
    environmentPart = { failed: getErrorMessage(thrown) };
  }
  const parts = {
    environment: environmentPart,
    action: evaluateActions(environment.domain, task, messages),
    communicate: evaluateCommunicate(task, messages),
  };
  return { rule, parts, toJudge: rule === null && wantsJudging(request) ? (criteria.nl_assertions ?? []) : [] };
}

/** Whether the evaluation looks at the natural-language assertions. */
export function wantsJudging({ type = "all", task }: EvaluationRequest): boolean {
  const inBasis = task.evaluation_criteria?.reward_basis.includes("NL_ASSERTION") ?? false;
  return type.includes("nl_assertions") || (type === "all" && inBasis);
}

// The conversation was ended by who may end it; all else is an interruption (docs/spec/core.md#7-2).
function endedByParty(reason: string): boolean {
  return reason === "agent_stop" || reason === "user_stop";
}
