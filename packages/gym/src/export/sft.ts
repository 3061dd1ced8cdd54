import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Rollout, EpisodeStep } from "../rollout/rollout-record.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";
import { checkTrainable, isTestRollout, type ExportedRun } from "./exported-run.ts";
import { checkReadBack, formatJsonLines, readJsonLines, writeParts } from "./json-lines.ts";

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
  /** True if the task is there to test with. */
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
export function toSftConversations(run: ExportedRun, rollouts: readonly Rollout[], options: SftOptions = {}): SftConversation[] {
  const { minReward = 1, allowTestSplit = false } = options;
  const chosen = rollouts.filter(({ final_reward }) => final_reward !== null && final_reward >= minReward);
  checkTrainable(run, chosen, allowTestSplit);
  return chosen.flatMap((rollout) => {
    const { task_id, split, sample_id, generation_id, try_step, batch_id, policy } = rollout;
    const ids = { sample_id, generation_id, try_step, batch_id, policy };
    const place = { domain: run.domain, task_id, split, is_test_task: isTestRollout(run, rollout), reward: rollout.final_reward!, ...ids };
    return toThreads(rollout.episode_steps).map(({ messages, loss_mask }) => ({
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
function toThreads(steps: readonly EpisodeStep[]): Thread[] {
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

/** A message in the shape of chat completions; other keys stay. */
export const messageSchema = z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string().nullable(),
  tool_calls: z
    .array(
      z.looseObject({ id: z.string(), type: z.literal("function"), function: z.looseObject({ name: z.string(), arguments: z.string() }) }),
    )
    .min(1)
    .optional(),
  tool_call_id: z.string().optional(),
});

const bit = z.union([z.literal(0), z.literal(1)]);
const schema = z
  .looseObject({
    messages: z.array(messageSchema.extend({ weight: bit.optional() })).min(2),
    tools: z.array(z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string() }) })),
    loss_mask: z.array(bit),
    task_id: z.string(),
    split: z.enum(["train", "eval", "test"]),
    is_test_task: z.boolean(),
    reward: z.number(),
  })
  .refine(({ messages, loss_mask }) => messages.length === loss_mask.length, "loss_mask has another length than messages")
  .refine(({ messages, loss_mask }) => messages.every(({ role }, i) => loss_mask[i] === 0 || role === "assistant"), {
    message: "loss_mask has a 1 for a message that the model did not say",
  });

/**
 * Writes rollouts as a chat data set, one conversation a line, and reads it back.
 * @returns what is in the file
 * @throws Tau2Error as {@link toSftConversations} does; `storage` when it cannot be written
 */
export async function writeSft(
  path: string,
  run: ExportedRun,
  rollouts: readonly Rollout[],
  options?: SftOptions,
): Promise<SftConversation[]> {
  const conversations = toSftConversations(run, rollouts, options);
  await writeParts(path, formatJsonLines(conversations));
  checkReadBack(path, conversations, await readSft(path));
  return conversations;
}

/** Reads what {@link writeSft} wrote. @throws Tau2Error `not_found`, or `invalid` naming the line */
export async function readSft(path: string): Promise<SftConversation[]> {
  return (await readJsonLines(path, schema, "conversation")) as SftConversation[];
}
