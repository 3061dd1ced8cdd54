import { z } from "zod";
import { canSendMms as works } from "../rules/mms.ts";
import { userTool } from "../schema/db.ts";

export const canSendMms = userTool({
  name: "can_send_mms",
  kind: "read",
  description: "Try whether the messaging app can send picture messages.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => `Your messaging app ${works(db) ? "can" : "cannot"} send MMS messages.`,
});
