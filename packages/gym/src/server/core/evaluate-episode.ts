import type { RewardInfo } from "@tau2/domains";
import { evaluate, type ComponentReport, type EvaluationType } from "@tau2/orchestrator/evaluate";
import type { Episode } from "../../episode/episode.ts";

/** The grade of an episode. */
export interface EvaluationResponse {
  reward: number;
  reward_info: RewardInfo;
  report: ComponentReport;
  /** True if the episode is over, and this is its grade; else the grade if the learner stopped here. */
  final: boolean;
}

/** Type of the evaluation, and the signal that cancels it. */
export interface EvaluationOptions {
  /** By default the task's reward basis, as at the end of an episode. */
  type?: EvaluationType | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The grade of an episode that is over, or what the grade would be if the learner stopped where it stands. Changes nothing.
 * @throws Tau2Error when it cannot be graded so; ModelError when the judge does not answer
 */
export async function evaluateEpisode(
  { context, conversation, outcome }: Episode,
  { type, signal }: EvaluationOptions,
): Promise<EvaluationResponse> {
  if (outcome?.evaluation && type === undefined) return answer(outcome.evaluation.rewardInfo, outcome.evaluation.report, true);
  const { rules, task, judge, withoutJudge, learner } = context;
  const { rewardInfo, report } = await evaluate({
    environment: rules.environment,
    task,
    messages: conversation.messages.map((message, i) => ({ ...message, turn_idx: i })),
    terminationReason: conversation.ended ?? (learner === "agent" ? "agent_stop" : "user_stop"),
    withoutJudge,
    judge: judge ?? undefined,
    signal,
    ...(type ? { type } : {}),
  });
  return answer(rewardInfo, report, outcome !== null);
}

function answer(rewardInfo: RewardInfo, report: ComponentReport, final: boolean): EvaluationResponse {
  return { reward: rewardInfo.reward, reward_info: rewardInfo, report, final };
}
