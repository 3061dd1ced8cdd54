import { z } from "zod";
import { statusBar } from "../rules/status-bar.ts";
import { userTool } from "../schema/db.ts";

export const checkStatusBar = userTool({
  name: "check_status_bar",
  kind: "read",
  description: "Look at the top of the phone's screen: signal, network, data, Wi-Fi, VPN and battery.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => statusBar(db.device),
});
