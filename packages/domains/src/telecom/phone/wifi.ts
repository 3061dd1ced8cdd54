import { z } from "zod";
import { userTool, type Phone } from "./schema.ts";
import { appendStatusBar, formatOnOff } from "./status-bar.ts";

/** Disconnects the phone from its Wi-Fi network. */
export function leaveWifi(phone: Phone): void {
  phone.wifi_connected = false;
  phone.wifi_ssid = null;
  phone.wifi_signal_strength = "none";
}

export const checkWifiStatus = userTool({
  name: "check_wifi_status",
  kind: "read",
  description: "Look up whether Wi-Fi is on and connected.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device } }) {
    if (!device.wifi_enabled) return "Wi-Fi is turned OFF.";
    return device.wifi_connected
      ? `Wi-Fi is ON and connected to '${device.wifi_ssid ?? "None"}'. Signal strength: ${device.wifi_signal_strength}.`
      : "Wi-Fi is ON but not connected to any network.";
  },
});

export const toggleWifi = userTool({
  name: "toggle_wifi",
  kind: "write",
  description: "Switch Wi-Fi on or off. Not possible in airplane mode.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device } }) {
    if (device.airplane_mode) return appendStatusBar("Cannot change Wi-Fi settings while Airplane Mode is ON.", device);
    device.wifi_enabled = !device.wifi_enabled;
    if (!device.wifi_enabled) leaveWifi(device);
    return appendStatusBar(`Wi-Fi is now ${formatOnOff(device.wifi_enabled)}.`, device);
  },
});

export const checkWifiCallingStatus = userTool({
  name: "check_wifi_calling_status",
  kind: "read",
  description: "Look up whether calls go over Wi-Fi.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => `Wi-Fi Calling is currently turned ${formatOnOff(db.device.wifi_calling_enabled)}.`,
});

export const toggleWifiCalling = userTool({
  name: "toggle_wifi_calling",
  kind: "write",
  description: "Switch calls over Wi-Fi on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device } }) {
    device.wifi_calling_enabled = !device.wifi_calling_enabled;
    return appendStatusBar(`Wi-Fi Calling is now ${formatOnOff(device.wifi_calling_enabled)}.`, device);
  },
});
