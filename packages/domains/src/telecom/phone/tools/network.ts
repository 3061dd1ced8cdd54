import { z } from "zod";
import { getSimStatus } from "../rules/sim.ts";
import { formatOnOff, toggleAirplane } from "../rules/switches.ts";
import { userTool, networkMode, apnSettings } from "../schema.ts";
import { searchNetwork } from "../rules/network-search.ts";
import { appendStatusBar, formatStatusBar } from "../rules/status-bar.ts";

const yesNo = (yes: boolean) => (yes ? "Yes" : "No");

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
      `Mobile Data Enabled: ${yesNo(device.data_enabled)}`,
      `Data Roaming Enabled: ${yesNo(device.roaming_enabled)}`,
      `Wi-Fi Radio: ${formatOnOff(device.wifi_enabled)}`,
      `Wi-Fi Connected: ${yesNo(device.wifi_connected)}`,
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

export const toggleAirplaneMode = userTool({
  name: "toggle_airplane_mode",
  kind: "write",
  description: "Switch airplane mode on or off. Switching it on ends Wi-Fi and VPN connections.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = toggleAirplane(db);
    return appendStatusBar(`Airplane Mode is now ${formatOnOff(on)}.`, db.device);
  },
});

export const checkStatusBar = userTool({
  name: "check_status_bar",
  kind: "read",
  description: "Look at the top of the phone's screen: signal, network, data, Wi-Fi, VPN and battery.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => formatStatusBar(db.device),
});

export const rebootDevice = userTool({
  name: "reboot_device",
  kind: "write",
  description: "Restart the phone. A pending reset of the access point settings happens, and the phone looks for a network anew.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const resets = db.device.active_apn_settings.reset_at_reboot;
    if (resets) db.device.active_apn_settings = apnSettings.parse({});
    searchNetwork(db);
    const steps = [...(resets ? ["Resetting APN settings..."] : []), "Restarting network services..."];
    return appendStatusBar(steps.join("\n"), db.device);
  },
});
