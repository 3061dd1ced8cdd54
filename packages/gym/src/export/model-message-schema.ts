import { z } from "zod";

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
