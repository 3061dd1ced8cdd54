import { z } from "zod";
import { networkMode, userTool, type NetworkMode, type Phone, type SimStatus, type Technology, type TelecomUserDb } from "./schema.ts";
import { appendStatusBar, formatOnOff } from "./status-bar.ts";

/** Returns the state of the SIM card as the phone shows it. A missing card hides its lock. */
export function getSimStatus(phone: Phone): SimStatus {
  return phone.sim_card_missing ? "missing" : phone.sim_card_status;
}

const technologyByMode: Record<NetworkMode, Technology> = { "4g_5g_preferred": "5G", "4g_only": "4G", "3g_only": "3G", "2g_only": "2G" };

/**
 * Connects the phone to the network that its settings allow, or to none (docs/spec/telecom-user.md#u3).
 * Only some changes of the phone trigger a search; after the others the phone keeps its old connection.
 */
export function searchNetwork({ device, surroundings }: TelecomUserDb): void {
  const barred = device.airplane_mode || device.active_apn_settings.apn_name === "broken" || !surroundings.line_active;
  if (barred || getSimStatus(device) !== "active") {
    device.network_connection_status = "no_service";
    device.network_technology_connected = "none";
    device.network_signal_strength = "none";
    return;
  }
  const getSignal = (technology: Technology) => surroundings.signal_strength[technology] ?? "none";
  const preferred = technologyByMode[device.network_mode_preference];
  const fallsBack = device.network_mode_preference === "4g_5g_preferred" && getSignal("5G") === "none";
  const technology = fallsBack ? "4G" : preferred;
  device.network_connection_status = "connected";
  device.network_technology_connected = technology;
  device.network_signal_strength = getSignal(technology);
}

const formatYesNo = (yes: boolean) => (yes ? "Yes" : "No");

export const checkNetworkStatus = userTool({
  name: "check_network_status",
  kind: "read",
  description: "Look at the phone's network page: airplane mode, SIM card, cellular connection, data, roaming and Wi-Fi.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db: { device } }) =>
    [
      `Airplane Mode: ${formatOnOff(device.airplane_mode)}`,
      `SIM Card Status: ${getSimStatus(device)}`,
      `Cellular Connection: ${device.network_connection_status}`,
      `Cellular Signal: ${device.network_signal_strength}`,
      `Cellular Network Type: ${device.network_technology_connected}`,
      `Mobile Data Enabled: ${formatYesNo(device.data_enabled)}`,
      `Data Roaming Enabled: ${formatYesNo(device.roaming_enabled)}`,
      `Wi-Fi Radio: ${formatOnOff(device.wifi_enabled)}`,
      `Wi-Fi Connected: ${formatYesNo(device.wifi_connected)}`,
      ...(device.wifi_connected ? [`Connected Wi-Fi Network: ${device.wifi_ssid ?? "None"}`] : []),
    ].join("\n"),
});

export const checkNetworkModePreference = userTool({
  name: "check_network_mode_preference",
  kind: "read",
  description: "Look up which networks the phone is set to use.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => `Network Mode Preference: ${db.device.network_mode_preference}`,
});

export const setNetworkModePreference = userTool({
  name: "set_network_mode_preference",
  kind: "write",
  description: "Set which networks the phone uses. It then looks for a network anew.",
  parameters: z.strictObject({
    mode: z.union([networkMode, z.string()]).describe("4g_5g_preferred (4G and 5G, the fastest), 4g_only, 3g_only or 2g_only."),
  }),
  result: z.string(),
  run({ db }, { mode }) {
    const known = networkMode.safeParse(mode);
    if (!known.success) {
      const options = networkMode.options.join(", ");
      return appendStatusBar(`Failed to set network mode: '${mode}' is not a valid option. Please use one of: ${options}`, db.device);
    }
    db.device.network_mode_preference = known.data;
    searchNetwork(db);
    return appendStatusBar(`Preferred Network Mode set to: ${known.data}`, db.device);
  },
});
