import { z } from "zod";
import { userTool } from "../schema/db.ts";

export const checkNetworkModePreference = userTool({
  name: "check_network_mode_preference",
  kind: "read",
  description: "Look up which networks the phone is set to use.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => `Network Mode Preference: ${db.device.network_mode_preference}`,
});
