import { z } from "zod";
import { optional } from "../../core/schema.ts";

/** A note on the user's own device. */
export type Notification = z.output<typeof notification>;
export const notification = z.strictObject({
  notification_id: z.string(),
  message: z.string(),
  status: z.enum(["unread", "read"]).default("unread"),
  task_id: optional(z.string()),
});
