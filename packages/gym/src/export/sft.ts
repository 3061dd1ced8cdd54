import { isDeepStrictEqual } from "node:util";
import { assignCallIds } from "@tau2/domains/internal";
import { z } from "zod";
import type { Rollout, EpisodeStep } from "../rollout/rollout-record.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";
import { checkTrainable, isTestRollout, type ExportedRun } from "./exported-run.ts";
import { checkReadBack, formatJsonLines, readJsonLines, writeParts } from "./json-lines.ts";

/** Message of a training conversation. */
export interface SftMessage extends ModelMessage {
  /** Weight of an assistant message: 1 to learn from it, 0 to skip it. Fine-tuning services read it. */
  weight?: 0 | 1;
}

/** Line of a chat data set: a conversation as the model received it, and the messages to learn from. */
export interface SftConversation {
  messages: SftMessage[];
  /** Tools in the form of chat completions. */
  tools: { type: "function"; function: Omit<FlatTool, "type"> }[];
  /** 1 for each message of the model, 0 for all others. */
  loss_mask: (0 | 1)[];
  domain: string;
  task_id: string;
  /** List of the task. */
  split: Rollout["split"];
  /** True if the task is in the test split. */
  is_test_task: boolean;
  reward: number;
  sample_id: number;
  generation_id: number;
  try_step: number;
  batch_id: number;
  policy: string;
}

/** Options of {@link writeSft}. */
export interface SftOptions {
  /** Minimum reward. Default: 1. */
  minReward?: number | undefined;
  /** True to include tasks of the test split. Default: they are refused. */
  allowTestSplit?: boolean | undefined;
}

/**
 * Converts rollouts to conversations for training. An episode is one conversation.
 * If older observations were hidden from the model, it is several, so that each answer follows exactly the messages that the model
 * received.
 * Leaves out episodes without a reward.
 * @throws Tau2Error `unsupported` for tasks of the test split, unless they are allowed
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
      messages: assignCallIds(messages).map((message, i) =>
        message.role === "assistant" ? { ...message, weight: loss_mask[i]! } : message,
      ),
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

/** Joins steps into few threads of messages: a step continues a thread that is the beginning of its state. */
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

/** Message in the form of chat completions. Other keys are kept. */
const messageSchema = z.looseObject({
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
  .refine(({ messages, loss_mask }) => messages.length === loss_mask.length, "loss_mask and messages differ in length")
  .refine(({ messages, loss_mask }) => messages.every(({ role }, i) => loss_mask[i] === 0 || role === "assistant"), {
    message: "loss_mask is 1 for a message of another role than assistant",
  });

/**
 * Writes rollouts as a chat data set, one conversation per line, and reads it back.
 * @returns the conversations in the file
 * @throws Tau2Error `unsupported` for tasks of the test split, unless they are allowed; `storage` if the file cannot be written
 * @example
 * ```ts
 * import { createExportedRun, getEnv, goldPolicy, rollout, writeSft } from "@tau2/gym/training";
 *
 * const env = getEnv("tau2bench", { domain: "airline", user: "scripted", is_async: true });
 * const role = (implementation: string) => ({ implementation, llm: null });
 * const run = createExportedRun(env, { agent: role("gold"), user: role("scripted") });
 * const played = await rollout({ env, policy: goldPolicy(), sampleId: 0 });
 * await writeSft("sft.jsonl", run, [played], { minReward: 1 });
 * ```
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

/** Reads a file of {@link writeSft}. @throws Tau2Error `not_found`, or `invalid` naming the line */
export async function readSft(path: string): Promise<SftConversation[]> {
  return (await readJsonLines(path, schema, "conversation")) as SftConversation[];
}
