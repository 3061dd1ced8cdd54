import { keepNumberKinds } from "@tau2/domains/internal";
import { messageSchema, type EnvironmentConfig, type Message, type Task } from "@tau2/domains";
import { evaluateWithoutJudge, type EvaluationType } from "@tau2/orchestrator/evaluate";
import { asJson, differences } from "../compare.ts";
import { unknownSidesAtWork, withoutEnvironment, type RewardRecord } from "../evaluation-rules.ts";
import { lineKind, type Line } from "../kind.ts";
import { judged, skipped, type Difference, type Outcome } from "../outcome.ts";
import { MERGED_SIDES } from "../sides.ts";

interface EvaluationLine extends Line {
  task_id: string;
  evaluation_type: EvaluationType;
  solo_mode: boolean;
  termination_reason: string;
  messages: unknown[];
  reward_info: RewardRecord | null;
  raises: { type: string; message: string } | null;
  malformed: boolean;
}

const REFUSED_ASSERTION = "an assertion whose function refuses is not met: tau2-bench does not grade";

/** Trajectories and what they are worth, component by component. */
export const evaluation = lineKind<EvaluationLine>("evaluation", (line, subject) => {
  const setup = subject.setup({ solo: line.solo_mode });
  const task = subject.task(line.task_id);
  const messages = line.messages.map((message) => {
    const parsed = messageSchema.parse(message);
    keepNumberKinds(message, parsed);
    return parsed;
  });
  const looksAtState = line.evaluation_type === "env" || line.evaluation_type.startsWith("all");
  const merged = looksAtState && unknownSidesAtWork(setup, task, messages).size > 0;
  const outcome = graded(line, setup, task, messages, merged);
  if (outcome.status !== "failed") return outcome;
  if (line.malformed) return skipped("malformed: the trajectory holds a call whose arguments do not fit");
  return outcome;
});

function graded(line: EvaluationLine, setup: EnvironmentConfig, task: Task, messages: Message[], merged: boolean): Outcome {
  const { evaluation_type: type, termination_reason: terminationReason, reward_info: expected, raises } = line;
  let actual: unknown;
  let missed: readonly string[];
  try {
    const { rewardInfo, report } = evaluateWithoutJudge({ environment: setup, task, messages, terminationReason, type });
    actual = asJson(rewardInfo);
    ({ missed } = report.components.ENV_ASSERTION);
  } catch (thrown) {
    if (merged) return skipped(MERGED_SIDES);
    return judged(raises ? [] : [{ path: "reward_info", expected, actual: thrown }]);
  }
  if (raises && missed.some((text) => text.endsWith(`: ${raises.message}`))) return judged([], REFUSED_ASSERTION);
  if (!expected) return merged ? skipped(MERGED_SIDES) : judged([{ path: "raises", expected: raises, actual }]);
  return judged(rewardDifferences(expected, actual as RewardRecord, merged), merged ? MERGED_SIDES : null);
}

/** Finds the differences of two reward infos; without the effects of a side that the record does not determine. */
function rewardDifferences(expected: RewardRecord, actual: RewardRecord, merged: boolean): Difference[] {
  const [left, right] = merged ? [withoutEnvironment(expected), withoutEnvironment(actual)] : [expected, actual];
  return differences(left, right, { path: "reward_info" });
}
