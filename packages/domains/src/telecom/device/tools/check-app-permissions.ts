import { z } from "zod";
import { getOwn } from "../../../core/json/json.ts";
import { granted } from "../rules/permissions.ts";
import { userTool } from "../schema/db.ts";

export const checkAppPermissions = userTool({
  name: "check_app_permissions",
  kind: "read",
  description: "List what an app is allowed to use.",
  parameters: z.strictObject({ app_name: z.string().describe("Such as messaging or browser.") }),
  result: z.string(),
  run({ db }, { app_name }) {
    const app = getOwn(db.device.app_statuses, app_name);
    if (!app) return `App '${app_name}' not found on this phone.`;
    const names = granted(app.permissions);
    if (names.length === 0) return `App '${app_name}' currently has no permissions granted.`;
    return `App '${app_name}' has permission for: ${names.join(", ")}.`;
  },
});
