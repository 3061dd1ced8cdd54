import { getPolicy } from "@tau2/domains";
import { getVisibleMessages } from "@tau2/orchestrator";
import { isOver, type Episode } from "../episode/episode.ts";
import { getNewMessages, formatObservation } from "../observation.ts";
import { episodeError, type EpisodeInfo, type ResetResult, type StepResult } from "./result.ts";

/** How an episode is shown. */
export interface ResultOptions<Extra> {
  /** What the learner is told beyond what every learner is told. */
  extra: Extra;
  /** Observation texts hold everything that the learner has seen. */
  allMessages: boolean;
}

/** What a reset shows. An episode can be over before the learner's first turn; then there is nothing to observe (spec core 11.1). */
export function toResetResult<Extra>(episode: Episode, { extra, allMessages }: ResultOptions<Extra>): ResetResult<EpisodeInfo & Extra> {
  const grade = isOver(episode) ? gradeOf(episode) : {};
  return { ...(isOver(episode) ? nothing() : observe(episode, allMessages)), info: { ...infoOf(episode), ...grade, ...extra } };
}

/** What a step shows that was taken. */
export function toStepResult<Extra>(episode: Episode, { extra, allMessages }: ResultOptions<Extra>): StepResult<EpisodeInfo & Extra> {
  const { outcome, fault } = episode;
  const reward = fault ? null : (outcome?.evaluation?.rewardInfo.reward ?? 0);
  return { ...observe(episode, allMessages), reward, ...flagsOf(episode), info: { ...infoOf(episode), ...gradeOf(episode), ...extra } };
}

/** What a step shows when the episode is over already. */
export function toOverResult<Extra>(episode: Episode, { extra }: ResultOptions<Extra>): StepResult<EpisodeInfo & Extra> {
  return { ...nothing(), reward: episode.fault ? null : 0, ...flagsOf(episode), info: { ...infoOf(episode), ...extra } };
}

/** What a step shows when the action could not be taken; the episode stands where it stood. */
export function toInvalidActionResult<Extra>(
  episode: Episode,
  reason: string,
  { extra }: ResultOptions<Extra>,
): StepResult<EpisodeInfo & Extra> {
  const info = { ...infoOf(episode), invalid_action: reason, ...extra };
  return { observation: `Invalid action with error: ${reason}`, messages: [], reward: 0, terminated: false, truncated: false, info };
}

function observe({ conversation, context, fault }: Episode, allMessages: boolean): Pick<ResetResult, "observation" | "messages"> {
  const { ended, nextSpeaker, messages } = conversation;
  if (fault && !ended) return nothing();
  const fresh = getNewMessages(messages, context.learner);
  // The reference shows the last word of an episode only to the one it was said to (spec core 11.1).
  if (ended && nextSpeaker !== context.learner) return { observation: "", messages: fresh };
  return { observation: formatObservation(allMessages ? getVisibleMessages(messages, context.learner) : fresh), messages: fresh };
}

function nothing(): Pick<ResetResult, "observation" | "messages"> {
  return { observation: "", messages: [] };
}

function flagsOf({ conversation: { ended }, fault }: Episode): Pick<StepResult, "terminated" | "truncated"> {
  const truncated = ended === "max_steps" || ended === "timeout" || (ended === null && fault !== null);
  return { terminated: ended !== null && !truncated, truncated };
}

function gradeOf({ outcome }: Episode): Pick<EpisodeInfo, "reward_info" | "report"> {
  const { rewardInfo, report } = outcome?.evaluation ?? {};
  return { reward_info: rewardInfo ?? null, ...(report ? { report } : {}) };
}

function infoOf({ context, outcome, fault }: Episode): EpisodeInfo {
  return {
    task: context.task,
    simulation_run: outcome?.simulation ?? null,
    policy: getPolicy(context.rules.environment),
    ...(fault ? { error: episodeError(fault) } : {}),
  };
}
