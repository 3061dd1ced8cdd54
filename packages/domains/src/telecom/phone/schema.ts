import { z } from "zod";
import { optional, mapOf } from "../../core/schema/schema.ts";
import { createToolFactory } from "../../core/tool/tool.ts";

/** Access point settings of mobile data and picture messages. */
export const apnSettings = z.strictObject({
  /** With `broken`, the phone does not have service. */
  apn_name: z.enum(["internet", "broken"]).default("internet"),
  /** If true, the next reboot restores the defaults. */
  reset_at_reboot: z.boolean().default(false),
  mms_apn: z.string().nullable().default("mms"),
  /** Address that sends picture messages; `null` disables them. */
  mmsc_url: z.string().nullable().default("http://mms.carrier.com/mms/wapenc"),
  mms_proxy: optional(z.string()),
  mms_port: optional(z.int()),
});

/** Permissions of an app. */
export type AppPermissions = z.output<typeof appPermissions>;
export const appPermissions = z.strictObject({
  sms: z.boolean().default(false),
  storage: z.boolean().default(false),
  phone: z.boolean().default(false),
  network: z.boolean().default(false),
});

/** An app on the phone. */
const appStatus = z.strictObject({ app_name: z.string(), permissions: appPermissions.prefault({}) });

/** Strength of a signal. */
export type Signal = z.output<typeof signal>;
export const signal = z.enum(["none", "poor", "fair", "good", "excellent"]);

/** Generation of the cellular network. */
export type Technology = z.output<typeof technology>;
export const technology = z.enum(["none", "2G", "3G", "4G", "5G"]);

/** Preference for network technologies. */
export type NetworkMode = z.output<typeof networkMode>;
export const networkMode = z.enum(["4g_5g_preferred", "4g_only", "3g_only", "2g_only"]);

/** Connection of the phone to the network. */
export const connectionStatus = z.enum(["connected", "searching", "no_service", "emergency_only"]);

/** State of the SIM card. */
export type SimStatus = z.output<typeof simStatus>;
export const simStatus = z.enum(["active", "missing", "locked_pin", "locked_puk"]);

/** Performance of a VPN server. */
const performanceLevel = z.enum(["unknown", "poor", "fair", "good", "excellent"]);

/** Server of a VPN connection. */
export type VpnDetails = z.output<typeof vpnDetails>;
export const vpnDetails = z.strictObject({
  server_address: optional(z.string()),
  protocol: optional(z.string()),
  server_performance: performanceLevel.default("unknown"),
});

const off = () => z.boolean().default(false);
const apps = {
  messaging: { app_name: "messaging", permissions: { sms: true, storage: true, phone: true, network: false } },
  browser: { app_name: "browser", permissions: { sms: false, storage: true, phone: false, network: true } },
};

/** The customer's phone: its switches and its connections. */
export type Phone = z.output<typeof phone>;
export const phone = z.strictObject({
  /** Hidden while `sim_card_missing` is true. */
  sim_card_status: simStatus.default("active"),
  sim_card_missing: off(),
  airplane_mode: off(),
  network_signal_strength: signal.default("good"),
  network_technology_connected: technology.default("5G"),
  network_connection_status: connectionStatus.default("connected"),
  /** Charge in percent. */
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

/** A bill that the carrier asks the customer to pay. */
const paymentRequest = z.strictObject({
  bill_id: z.string(),
  /** Dollars. */
  amount_due: z.number(),
  paid: z.boolean().default(false),
});

/** Surroundings of the phone: its user, its location and the services of the carrier. */
const surroundings = z.strictObject({
  name: optional(z.string()),
  /** Number of the line in use. While it is `null`, the sync with the carrier does nothing. */
  phone_number: optional(z.string()),
  is_abroad: z.boolean().default(false),
  /** True if the carrier lets the line roam. */
  roaming_allowed: z.boolean().default(false),
  /** Signal strength by technology. */
  signal_strength: mapOf(signal).default({ "2G": "poor", "3G": "fair", "4G": "good", "5G": "excellent" }),
  mobile_data_usage_exceeded: z.boolean().default(false),
  /** True if the carrier serves the line. */
  line_active: z.boolean().default(true),
  payment_request: optional(paymentRequest),
});

/** Database of the user's side: the phone and its surroundings. */
export type TelecomUserDb = z.output<typeof telecomUserDb>;
export const telecomUserDb = z.strictObject({ device: phone.prefault({}), surroundings: surroundings.prefault({}) });

export const userTool = createToolFactory<TelecomUserDb>();
