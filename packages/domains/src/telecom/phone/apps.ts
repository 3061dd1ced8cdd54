import { z } from "zod";
import { getOwn } from "../../core/json/json.ts";
import { pyRepr } from "../../core/python.ts";
import { userTool, type AppPermissions } from "./schema.ts";
import { appendStatusBar } from "./status-bar.ts";

/** Permissions of an app, in the order of the phone's lists. */
const permissionNames = ["sms", "storage", "phone", "network"] as const satisfies readonly (keyof AppPermissions)[];

/** Returns the permission of a name, or undefined if the phone does not know it. */
export function findPermission(name: string): keyof AppPermissions | undefined {
  return permissionNames.find((known) => known === name);
}

function getGrantedPermissions(permissions: AppPermissions): string[] {
  return permissionNames.filter((name) => permissions[name]);
}

export const checkInstalledApps = userTool({
  name: "check_installed_apps",
  kind: "read",
  description: "List the apps on the phone.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => `The following apps are installed on the phone: ${Object.keys(db.device.app_statuses).join(", ")}`,
});

export const checkAppStatus = userTool({
  name: "check_app_status",
  kind: "read",
  description: "Look at an app's page in the settings, with its permissions one a line.",
  parameters: z.strictObject({ app_name: z.string().describe("Such as messaging or browser.") }),
  result: z.string(),
  run({ db }, { app_name }) {
    const app = getOwn(db.device.app_statuses, app_name);
    if (!app) return `App '${app_name}' not found on this phone.`;
    const names = getGrantedPermissions(app.permissions);
    const lines =
      names.length > 0 ? [" - Permissions Granted:", ...names.map((name) => `   - ${name}`)] : [" - Permissions: None granted."];
    return [`Status for App: ${app_name}`, ...lines].join("\n");
  },
});

export const checkAppPermissions = userTool({
  name: "check_app_permissions",
  kind: "read",
  description: "List what an app is allowed to use.",
  parameters: z.strictObject({ app_name: z.string().describe("Such as messaging or browser.") }),
  result: z.string(),
  run({ db }, { app_name }) {
    const app = getOwn(db.device.app_statuses, app_name);
    if (!app) return `App '${app_name}' not found on this phone.`;
    const names = getGrantedPermissions(app.permissions);
    if (names.length === 0) return `App '${app_name}' currently has no permissions granted.`; // prose-ok: wire text of tau2-bench
    return `App '${app_name}' has permission for: ${names.join(", ")}.`;
  },
});

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
    if (!app) return appendStatusBar(`Error. App '${app_name}' not found. Cannot grant permission.`, device);
    const known = findPermission(wanted);
    if (!known) {
      const available = pyRepr(permissionNames);
      return appendStatusBar(
        `Error. Permission '${wanted}' not tracked for app '${app_name}', available permissions: ${available}`,
        device,
      );
    }
    app.permissions[known] = true;
    return appendStatusBar(`Success. Permission '${wanted}' granted to app '${app_name}'.`, device);
  },
});
