import { z } from "zod";
import { mapOf, optional } from "../../../core/schema.ts";
import { apnSettings } from "./apn.ts";
import { appStatus } from "./app.ts";
import { connectionStatus, networkMode, signal, simStatus, technology } from "./levels.ts";
import { vpnDetails } from "./vpn.ts";

const off = () => z.boolean().default(false);
const apps = {
  messaging: { app_name: "messaging", permissions: { sms: true, storage: true, phone: true, network: false } },
  browser: { app_name: "browser", permissions: { sms: false, storage: true, phone: false, network: true } },
};

/** The customer's phone: its switches, and what follows from them. */
export type Phone = z.output<typeof phone>;
export const phone = z.strictObject({
  /** Hidden while the card is out: see `sim_card_missing`. */
  sim_card_status: simStatus.default("active"),
  sim_card_missing: off(),
  airplane_mode: off(),
  network_signal_strength: signal.default("good"),
  network_technology_connected: technology.default("5G"),
  network_connection_status: connectionStatus.default("connected"),
  /** Percent. */
  battery_level: z.int().default(80),
  data_enabled: z.boolean().default(true),
  roaming_enabled: off(),
  network_mode_preference: networkMode.default("4g_5g_preferred"),
  active_apn_settings: apnSettings.prefault({}),
  wifi_enabled: off(),
  wifi_connected: off(),
  wifi_ssid: optional(z.string()),
  wifi_signal_strength: signal.default("none"),
  wifi_calling_enabled: off(),
  wifi_calling_mms_over_wifi: off(),
  data_saver_mode: off(),
  vpn_enabled_setting: off(),
  vpn_connected: off(),
  vpn_details: optional(vpnDetails),
  app_statuses: mapOf(appStatus).default(apps),
});
