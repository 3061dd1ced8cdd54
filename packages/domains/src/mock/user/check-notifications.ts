import { z } from "zod";
import { userTool, notification } from "../schema/db.ts";
export const checkNotifications = userTool({
  name: "check_notifications",
  kind: "read",
  description: "Look at all notes on the device, read and unread.",
  parameters: z.strictObject({}),
  result: z.array(notification),
  run: ({ db }) => Object.values(db.notifications),
});
