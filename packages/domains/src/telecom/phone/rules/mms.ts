import { getOwn } from "../../../core/json/json.ts";
import type { TelecomUserDb } from "../schema.ts";
import { doesMobileDataWork } from "./mobile-data.ts";

/** Returns true if the messaging app can send picture messages (docs/spec/telecom-user.md#u2). */
export function canSendMms(db: TelecomUserDb): boolean {
  const { device } = db;
  if (!doesMobileDataWork(db) || device.network_technology_connected === "2G") return false;
  if (device.wifi_calling_enabled && device.wifi_calling_mms_over_wifi) return false;
  if (device.active_apn_settings.mmsc_url === null) return false;
  const permissions = getOwn(device.app_statuses, "messaging")?.permissions;
  return permissions !== undefined && permissions.storage && permissions.sms;
}
