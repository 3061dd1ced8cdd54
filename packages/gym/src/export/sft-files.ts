import { z } from "zod";
import type { Rollout } from "../rollout/rollout-record.ts";
import type { ExportedRun } from "./exported-run.ts";
import { checkReadBack, jsonLines, readJsonLines, writeParts } from "./json-lines.ts";
import { messageSchema } from "./model-message-schema.ts";
import { sftConversations, type SftConversation, type SftOptions } from "./sft.ts";

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
 * @throws Tau2Error as {@link sftConversations} does; `storage` when it cannot be written
 */
export async function writeSft(
  path: string,
  run: ExportedRun,
  rollouts: readonly Rollout[],
  options?: SftOptions,
): Promise<SftConversation[]> {
  const conversations = sftConversations(run, rollouts, options);
  await writeParts(path, jsonLines(conversations));
  checkReadBack(path, conversations, await readSft(path));
  return conversations;
}

/** Reads what {@link writeSft} wrote. @throws Tau2Error `not_found`, or `invalid` naming the line */
export async function readSft(path: string): Promise<SftConversation[]> {
  return (await readJsonLines(path, schema, "conversation")) as SftConversation[];
}
