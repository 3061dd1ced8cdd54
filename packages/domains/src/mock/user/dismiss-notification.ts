import { z } from "zod";
import { getNotification } from "../rules.ts";
import { userTool } from "../schema/db.ts";

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
