import { z } from "zod";
import { getOwn } from "../../../core/json/json.ts";
import { granted } from "../rules/permissions.ts";
import { userTool } from "../schema/db.ts";

export const checkAppStatus = userTool({
  name: "check_app_status",
  kind: "read",
  description: "Look at an app's page in the settings, with its permissions one a line.",
  parameters: z.strictObject({ app_name: z.string().describe("Such as messaging or browser.") }),
  result: z.string(),
  run({ db }, { app_name }) {
    const app = getOwn(db.device.app_statuses, app_name);
    if (!app) return `App '${app_name}' not found on this phone.`;
    const names = granted(app.permissions);
    const lines =
      names.length > 0 ? [" - Permissions Granted:", ...names.map((name) => `   - ${name}`)] : [" - Permissions: None granted."];
    return [`Status for App: ${app_name}`, ...lines].join("\n");
  },
});
