import { z } from "zod";
import { onOff } from "../rules/switches.ts";
import { userTool } from "../schema/db.ts";

export const checkWifiCallingStatus = userTool({
  name: "check_wifi_calling_status",
  kind: "read",
  description: "Look up whether calls go over Wi-Fi.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => `Wi-Fi Calling is currently turned ${onOff(db.device.wifi_calling_enabled)}.`,
});
