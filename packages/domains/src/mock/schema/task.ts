import { z } from "zod";
import { optional } from "../../core/schema.ts";

/** A to-do. */
export type TaskRecord = z.output<typeof taskRecord>;
export const taskRecord = z.object({
  task_id: z.string(),
  title: z.string(),
  description: optional(z.string()),
  status: z.enum(["pending", "completed"]),
});
