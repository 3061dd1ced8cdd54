import { z } from "zod";
import { userTool, notification } from "../schema.ts";
import { getNotification } from "../rules.ts";

export const checkNotifications = userTool({
  name: "check_notifications",
  kind: "read",
  description: "Look at all notes on the device, read and unread.",
  parameters: z.strictObject({}),
  result: z.array(notification),
  run: ({ db }) => Object.values(db.notifications),
});

export const dismissNotification = userTool({
  name: "dismiss_notification",
  kind: "write",
  description: "Mark a note on the device as read.",
  parameters: z.strictObject({ notification_id: z.string().describe("The note, such as notif_1.") }),
  result: z.string(),
  run({ db }, { notification_id }) {
    getNotification(db, notification_id).status = "read";
    return `Notification ${notification_id} dismissed`;
  },
});
