import { isDeepStrictEqual } from "node:util";
import type { Rollout } from "../rollout/rollout-record.ts";
import type { EpisodeStep } from "../rollout/episode-step.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";
import { checkTrainable, isTestRollout, type ExportedRun } from "./exported-run.ts";

/** A message to learn from. */
export interface SftMessage extends ModelMessage {
  /** Of assistant messages: 1 for those that are learnt from, as fine-tuning services read it. */
  weight?: 0 | 1;
}

/** One line of a chat data set: a conversation as the model was shown it, and which of its messages are learnt from. */
export interface SftConversation {
  messages: SftMessage[];
  /** In the form of chat completions. */
  tools: { type: "function"; function: Omit<FlatTool, "type"> }[];
  /** 1 for each message that the model said, 0 for all others. */
  loss_mask: (0 | 1)[];
  domain: string;
  task_id: string;
  /** The list that the task was drawn from. */
  split: Rollout["split"];
  /** Whether the task is there to test with. */
  is_test_task: boolean;
  reward: number;
  sample_id: number;
  generation_id: number;
  try_step: number;
  batch_id: number;
  policy: string;
}

/** Which rollouts are learnt from. */
export interface SftOptions {
  /** Leave out those that earned less. By default 1: only what went well. */
  minReward?: number | undefined;
  /** Take tasks that are there to test with as well. By default they are refused. */
  allowTestSplit?: boolean | undefined;
}

/**
 * Rollouts as conversations to learn from. An episode is one conversation; where older observations were hidden from the model, it is as many
 * as it takes to show each answer behind exactly what the model had seen. Episodes without a reward are left out.
 * @throws Tau2Error `unsupported` for tasks that are there to test with, unless they are allowed
 */
export function sftConversations(run: ExportedRun, rollouts: readonly Rollout[], options: SftOptions = {}): SftConversation[] {
  const { minReward = 1, allowTestSplit = false } = options;
  const chosen = rollouts.filter(({ final_reward }) => final_reward !== null && final_reward >= minReward);
  checkTrainable(run, chosen, allowTestSplit);
  return chosen.flatMap((rollout) => {
    const { task_id, split, sample_id, generation_id, try_step, batch_id, policy } = rollout;
    const ids = { sample_id, generation_id, try_step, batch_id, policy };
    const place = { domain: run.domain, task_id, split, is_test_task: isTestRollout(run, rollout), reward: rollout.final_reward!, ...ids };
    return threads(rollout.episode_steps).map(({ messages, loss_mask }) => ({
      messages: messages.map((message, i) => (message.role === "assistant" ? { ...message, weight: loss_mask[i]! } : message)),
      tools: (rollout.episode_steps[0]?.tools ?? run.tools).map(({ type, ...declared }) => ({ type, function: declared })),
      loss_mask,
      ...place,
    }));
  });
}

interface Thread {
  messages: ModelMessage[];
  loss_mask: (0 | 1)[];
}

/** Steps as few threads of messages: a step goes on with the one before when that is the beginning of what the model was shown in it. */
function threads(steps: readonly EpisodeStep[]): Thread[] {
  const all: Thread[] = [];
  for (const { state, action } of steps) {
    const last = all.at(-1);
    if (!last || !isBeginning(last.messages, state)) {
      all.push({ messages: [...state, action], loss_mask: [...state.map((): 0 => 0), 1] });
      continue;
    }
    const more = state.slice(last.messages.length);
    last.messages.push(...more, action);
    last.loss_mask.push(...more.map((): 0 => 0), 1);
  }
  return all;
}

function isBeginning(messages: readonly ModelMessage[], state: readonly ModelMessage[]): boolean {
  return messages.length <= state.length && messages.every((message, i) => message === state[i] || isDeepStrictEqual(message, state[i]));
}
