import { getErrorMessage } from "@tau2/domains/internal";
import { evaluateActions } from "./actions.ts";
import { evaluateCommunicate } from "./communicate.ts";
import type { ComponentResult, ComponentResults } from "./component-result.ts";
import { createFailedEnvironment, evaluateEnvironment, type EnvironmentResults } from "./environment.ts";
import { wantsNlAssertions, type ComponentReport, type Evaluation, type EvaluationRequest, type Finding } from "./evaluation.ts";
import { evaluateNlAssertions, type Judgement, type NlJudge } from "./nl-judge.ts";
import { computeReward, createRewardInfo } from "./reward.ts";

/** An {@link EvaluationRequest} with a judge. */
export interface JudgedRequest extends EvaluationRequest {
  /** Judge of natural-language assertions. */
  judge?: NlJudge | undefined;
  /** Cancels the judge. */
  signal?: AbortSignal | undefined;
}

/**
 * Grades a finished conversation as tau2-bench does (docs/spec/core.md#7), and reports on every component. The judge is used only if the
 * evaluation looks at natural-language assertions and the task has some.
 * @throws Tau2Error `replay_mismatch` or `protocol` if the trajectory cannot be replayed, `unsupported` if a judge is needed and missing
 * @throws ModelError if the judge fails
 * @example
 * ```ts
 * import { createEnvironmentConfig } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { evaluate } from "@tau2/orchestrator/evaluate";
 *
 * const task = loadData(mock).tasks()[0]!;
 * const environment = createEnvironmentConfig(mock, loadData(mock));
 * const messages = [{ role: "user", content: "Never mind. ###STOP###", tool_calls: null }] as const;
 * const { rewardInfo, report } = await evaluate({ environment, task, messages, terminationReason: "user_stop" });
 * console.log(rewardInfo.reward, report.components);
 * ```
 */
export async function evaluate(request: JudgedRequest): Promise<Evaluation> {
  return evaluateMaybeSync(request);
}

/** Grades like {@link evaluate}, but synchronously if no judge is needed or the judge is synchronous. */
export function evaluateMaybeSync(request: JudgedRequest): Evaluation | Promise<Evaluation> {
  const { judge, messages, signal } = request;
  const checks = runDeterministicChecks(request);
  const { assertions } = checks;
  const judgement = judge && assertions.length > 0 ? judge.judge({ assertions, messages, signal }) : null;
  if (judgement instanceof Promise) return judgement.then((given) => createEvaluation(request, checks, given));
  return createEvaluation(request, checks, judgement);
}

/**
 * Grades like {@link evaluate}, but synchronously and without a judge.
 * @throws Tau2Error as `evaluate` does; `unsupported` for a task that needs a judge, unless `withoutJudge` is `not_graded`
 */
export function evaluateWithoutJudge(request: EvaluationRequest): Evaluation {
  return createEvaluation(request, runDeterministicChecks(request), null);
}

/** Everything that can be checked without a judge. */
interface DeterministicChecks {
  rule: ComponentReport["rule"];
  results: Omit<ComponentResults, "NL_ASSERTION">;
  /** Natural-language assertions that a judge has to check. */
  assertions: readonly string[];
}

/** Checks all components for the report, also those that do not count. @throws Tau2Error if the environment counts and cannot be replayed */
function runDeterministicChecks(request: EvaluationRequest): DeterministicChecks {
  const { environment, task, messages } = request;
  const criteria = task.evaluation_criteria;
  const rule = !isRegularEnd(request.terminationReason) ? "premature_termination" : criteria ? null : "no_criteria";
  return {
    rule,
    results: {
      ...checkEnvironment(request, rule),
      ACTION: evaluateActions(environment.domain, task, messages),
      COMMUNICATE: evaluateCommunicate(task, messages),
    },
    assertions: rule === null && wantsNlAssertions(task, request.type) ? (criteria?.nl_assertions ?? []) : [],
  };
}

function checkEnvironment(request: EvaluationRequest, rule: ComponentReport["rule"]): EnvironmentResults {
  const { environment, task, messages, type = "all", strict = true } = request;
  try {
    // tau2-bench always replays strictly if the basis is ignored (docs/spec/core.md#7-7).
    return evaluateEnvironment(environment, task, messages, strict || type.endsWith("_ignore_basis"));
  } catch (thrown) {
    const counts = rule === null && (type === "env" || type.startsWith("all"));
    if (counts) throw thrown;
    return createFailedEnvironment(getErrorMessage(thrown));
  }
}

/** Only a participant ends a conversation regularly; all other ends are interruptions (docs/spec/core.md#7-2). */
function isRegularEnd(terminationReason: string): boolean {
  return terminationReason === "agent_stop" || terminationReason === "user_stop";
}

function createEvaluation(request: EvaluationRequest, checks: DeterministicChecks, judgement: Judgement | null): Evaluation {
  const { rule } = checks;
  const { task } = request;
  const isWanted = rule === null && wantsNlAssertions(task, request.type);
  const results: ComponentResults = {
    ...checks.results,
    NL_ASSERTION: evaluateNlAssertions(task, { judgement, isWanted, isDecided: rule !== null }),
  };
  return {
    rewardInfo: rule === null ? computeReward(request, results) : createRuleReward(rule, request),
    report: createReport(request, rule, results, judgement),
  };
}

function createRuleReward(rule: NonNullable<ComponentReport["rule"]>, { terminationReason }: EvaluationRequest) {
  return rule === "no_criteria"
    ? createRewardInfo({ reward: 1, info: { note: "No evaluation criteria" } })
    : createRewardInfo({
        reward: 0,
        info: { note: `Simulation terminated prematurely. Termination reason: ${terminationReason}` },
      });
}

function createReport(
  { task }: EvaluationRequest,
  rule: ComponentReport["rule"],
  results: ComponentResults,
  judgement: Judgement | null,
): ComponentReport {
  const basis = task.evaluation_criteria?.reward_basis ?? [];
  const toFinding = (component: keyof ComponentResults): Finding => {
    const { status, checked, met, missed, note }: ComponentResult = results[component];
    return { status, in_basis: basis.includes(component), checked, met, missed, note };
  };
  return {
    rule,
    components: {
      DB: toFinding("DB"),
      ENV_ASSERTION: toFinding("ENV_ASSERTION"),
      ACTION: toFinding("ACTION"),
      COMMUNICATE: toFinding("COMMUNICATE"),
      NL_ASSERTION: toFinding("NL_ASSERTION"),
    },
    judge: judgement?.effort ?? null,
  };
}
