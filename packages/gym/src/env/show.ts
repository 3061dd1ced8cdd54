import { policyOf } from "@tau2/domains";
import { viewOf } from "@tau2/orchestrator";
import { isOver, type Episode } from "../episode/episode.ts";
import { newMessages, observationText } from "../observation.ts";
import { episodeError, type EpisodeInfo, type ResetResult, type StepResult } from "./result.ts";

/** How an episode is shown. */
export interface Show<Extra> {
  /** What the learner is told beyond what every learner is told. */
  extra: Extra;
  /** Observation texts hold everything that the learner has seen. */
  allMessages: boolean;
}

/** What a reset shows. An episode can be over before the learner's first turn; then there is nothing to observe (spec core 11.1). */
export function showReset<Extra>(episode: Episode, { extra, allMessages }: Show<Extra>): ResetResult<EpisodeInfo & Extra> {
  const grade = isOver(episode) ? gradeOf(episode) : {};
  return { ...(isOver(episode) ? nothing() : observe(episode, allMessages)), info: { ...infoOf(episode), ...grade, ...extra } };
}

/** What a step shows that was taken. */
export function showStep<Extra>(episode: Episode, { extra, allMessages }: Show<Extra>): StepResult<EpisodeInfo & Extra> {
  const { ending, fault } = episode;
  const reward = fault ? null : (ending?.evaluation?.rewardInfo.reward ?? 0);
  return { ...observe(episode, allMessages), reward, ...flagsOf(episode), info: { ...infoOf(episode), ...gradeOf(episode), ...extra } };
}

/** What a step shows when the episode is over already. */
export function showOver<Extra>(episode: Episode, { extra }: Show<Extra>): StepResult<EpisodeInfo & Extra> {
  return { ...nothing(), reward: episode.fault ? null : 0, ...flagsOf(episode), info: { ...infoOf(episode), ...extra } };
}

/** What a step shows when the action could not be taken; the episode stands where it stood. */
export function showInvalid<Extra>(episode: Episode, reason: string, { extra }: Show<Extra>): StepResult<EpisodeInfo & Extra> {
  const info = { ...infoOf(episode), invalid_action: reason, ...extra };
  return { observation: `Invalid action with error: ${reason}`, messages: [], reward: 0, terminated: false, truncated: false, info };
}

function observe({ conversation, frame, fault }: Episode, allMessages: boolean): Pick<ResetResult, "observation" | "messages"> {
  const { ended, to, messages } = conversation;
  if (fault && !ended) return nothing();
  const fresh = newMessages(messages, frame.learner);
  // The reference shows the last word of an episode only to the one it was said to (spec core 11.1).
  if (ended && to !== frame.learner) return { observation: "", messages: fresh };
  return { observation: observationText(allMessages ? viewOf(messages, frame.learner) : fresh), messages: fresh };
}

function nothing(): Pick<ResetResult, "observation" | "messages"> {
  return { observation: "", messages: [] };
}

function flagsOf({ conversation: { ended }, fault }: Episode): Pick<StepResult, "terminated" | "truncated"> {
  const truncated = ended === "max_steps" || ended === "timeout" || (ended === null && fault !== null);
  return { terminated: ended !== null && !truncated, truncated };
}

function gradeOf({ ending }: Episode): Pick<EpisodeInfo, "reward_info" | "report"> {
  const { rewardInfo, report } = ending?.evaluation ?? {};
  return { reward_info: rewardInfo ?? null, ...(report ? { report } : {}) };
}

function infoOf({ frame, ending, fault }: Episode): EpisodeInfo {
  return {
    task: frame.task,
    simulation_run: ending?.simulation ?? null,
    policy: policyOf(frame.rules.environment),
    ...(fault ? { error: episodeError(fault) } : {}),
  };
}
