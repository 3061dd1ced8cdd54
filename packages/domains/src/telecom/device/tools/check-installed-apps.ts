import { z } from "zod";
import { userTool } from "../schema/db.ts";

export const checkInstalledApps = userTool({
  name: "check_installed_apps",
  kind: "read",
  description: "List the apps on the phone.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => `The following apps are installed on the phone: ${Object.keys(db.device.app_statuses).join(", ")}`,
});
