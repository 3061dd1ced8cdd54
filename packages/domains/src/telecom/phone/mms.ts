import { z } from "zod";
import { getOwn } from "../../core/json/json.ts";
import { doesMobileDataWork } from "./mobile-data.ts";
import { userTool, type TelecomUserDb } from "./schema.ts";

/** Returns true if the messaging app can send picture messages (docs/spec/telecom-user.md#u2). */
export function doesMmsWork(db: TelecomUserDb): boolean {
  const { device } = db;
  if (!doesMobileDataWork(db) || device.network_technology_connected === "2G") return false;
  if (device.wifi_calling_enabled && device.wifi_calling_mms_over_wifi) return false;
  if (device.active_apn_settings.mmsc_url === null) return false;
  const permissions = getOwn(device.app_statuses, "messaging")?.permissions;
  return permissions !== undefined && permissions.storage && permissions.sms;
}

export const canSendMms = userTool({
  name: "can_send_mms",
  kind: "read",
  description: "Try whether the messaging app can send picture messages.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => `Your messaging app ${doesMmsWork(db) ? "can" : "cannot"} send MMS messages.`,
});
