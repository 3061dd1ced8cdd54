import { type RewardInfo, Tau2Error } from "@tau2/domains";
import { combine, nothingGraded, single } from "./combine.ts";
import { type Evaluation, type EvaluationRequest, type Part, rewardInfoOf } from "./evaluation.ts";
import { type DeterministicChecks, runDeterministicChecks, wantsJudging } from "./examine.ts";
import { evaluateNlAssertions, type Judgement, type NlJudge } from "./nl-assertions.ts";
import { componentReport } from "./report.ts";

/**
 * Grades a finished conversation as the reference does (docs/spec/core.md#7), and reports what every component found. The judge is asked only
 * where the evaluation looks at natural-language assertions and the task has some.
 * @throws Tau2Error `replay_mismatch` or `protocol` when the trajectory does not replay, `unsupported` when a judge is needed and there is
 * none; ModelError when the judge fails.
 */
export async function evaluate(request: JudgedRequest): Promise<Evaluation> {
  return evaluateMaybeSync(request);
}

/** {@link evaluate}, at once where nobody is asked or the judge answers at once. @throws what `evaluate` throws, at once or later */
export function evaluateMaybeSync(request: JudgedRequest): Evaluation | Promise<Evaluation> {
  const { judge, messages, signal } = request;
  const examination = runDeterministicChecks(request);
  const assertions = examination.toJudge;
  const judgement = judge && assertions.length > 0 ? judge.judge({ assertions, messages, ...(signal ? { signal } : {}) }) : null;
  if (judgement instanceof Promise) return judgement.then((said) => conclude(request, examination, said));
  return conclude(request, examination, judgement);
}

type JudgedRequest = EvaluationRequest & { judge?: NlJudge | undefined; signal?: AbortSignal | undefined };

/**
 * {@link evaluate} at once, for whoever has no judge or needs none.
 * @throws Tau2Error as `evaluate` does; `unsupported` for every task whose evaluation needs a judge, unless `withoutJudge` allows it.
 */
export function evaluateWithoutJudge(request: EvaluationRequest): Evaluation {
  return conclude(request, runDeterministicChecks(request), null);
}

function conclude(request: EvaluationRequest, examination: DeterministicChecks, judgement: Judgement | null): Evaluation {
  const { environment, task } = request;
  const nl = examination.rule === null && wantsJudging(request) ? evaluateNlAssertions(task, judgement) : null;
  const rewardInfo = rewardOf(request, examination, nl);
  return { rewardInfo, report: componentReport(environment, task, examination, nl, judgement) };
}

function rewardOf(request: EvaluationRequest, { rule, parts, toJudge }: DeterministicChecks, nl: Part | null): RewardInfo {
  const { task, type = "all", withoutJudge = "error" } = request;
  if (rule === "premature_termination") {
    return rewardInfoOf({
      reward: 0,
      info: { note: `Simulation terminated prematurely. Termination reason: ${request.terminationReason}` },
    });
  }
  if (rule === "no_criteria" || !parts) return rewardInfoOf({ reward: 1, info: { note: "No evaluation criteria" } });
  const ungraded = toJudge.length > 0 && !nl;
  if (ungraded && withoutJudge === "error") throw judgeMissing(request, toJudge.length);
  const { environment, action, communicate } = parts;
  if (type === "action") return single(action);
  if (type === "communicate") return single(communicate);
  if (type === "nl_assertions") {
    if (!nl) throw nothingGraded(task);
    return single(nl);
  }
  if ("failed" in environment) throw new Tau2Error("replay_mismatch", environment.failed);
  if (type === "env") return single(environment, environment.ends ? task.evaluation_criteria?.reward_basis : undefined);
  return combine(task, { environment, action, communicate, nl: ungraded ? "not_graded" : nl }, type);
}

function judgeMissing({ task, type = "all" }: EvaluationRequest, count: number): Tau2Error {
  const what = `${count} natural-language assertion${count === 1 ? "" : "s"}`;
  return new Tau2Error(
    "unsupported",
    `task '${task.id}' is graded (${type}) by ${what} and there is no judge; give a judge model, or withoutJudge: "not_graded" to leave them out of the reward`,
  );
}
