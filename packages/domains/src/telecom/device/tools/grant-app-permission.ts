import { z } from "zod";
import { getOwn } from "../../../core/json/json.ts";
import { pyRepr } from "../../../core/python.ts";
import { permissionNames, permissionOf } from "../rules/permissions.ts";
import { withStatusBar } from "../rules/status-bar.ts";
import { userTool } from "../schema/db.ts";

export const grantAppPermission = userTool({
  name: "grant_app_permission",
  kind: "write",
  description: "Allow an app to use something.",
  parameters: z.strictObject({
    app_name: z.string().describe("Such as messaging or browser."),
    permission: z.string().describe("sms, storage, phone or network."),
  }),
  result: z.string(),
  run({ db: { device } }, { app_name, permission }) {
    const wanted = permission.toLowerCase();
    const app = getOwn(device.app_statuses, app_name);
    if (!app) return withStatusBar(`Error. App '${app_name}' not found. Cannot grant permission.`, device);
    const known = permissionOf(wanted);
    if (!known) {
      const available = pyRepr(permissionNames);
      return withStatusBar(`Error. Permission '${wanted}' not tracked for app '${app_name}', available permissions: ${available}`, device);
    }
    app.permissions[known] = true;
    return withStatusBar(`Success. Permission '${wanted}' granted to app '${app_name}'.`, device);
  },
});
