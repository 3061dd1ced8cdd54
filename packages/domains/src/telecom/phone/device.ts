import { z } from "zod";
import { searchNetwork } from "./network.ts";
import { apnSettings, userTool, type TelecomUserDb } from "./schema.ts";
import { appendStatusBar, formatOnOff } from "./status-bar.ts";
import { closeVpnConnection } from "./vpn.ts";
import { leaveWifi } from "./wifi.ts";

/** Toggles airplane mode and returns its new position. Both directions drop Wi-Fi; switching on also ends the VPN connection. */
export function switchAirplaneMode(db: TelecomUserDb): boolean {
  const { device } = db;
  device.airplane_mode = !device.airplane_mode;
  if (device.airplane_mode) {
    leaveWifi(device);
    if (device.vpn_connected) closeVpnConnection(device);
  } else if (device.wifi_enabled) {
    leaveWifi(device);
  }
  searchNetwork(db);
  return device.airplane_mode;
}

export const toggleAirplaneMode = userTool({
  name: "toggle_airplane_mode",
  kind: "write",
  description: "Switch airplane mode on or off. Switching it on ends Wi-Fi and VPN connections.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = switchAirplaneMode(db);
    return appendStatusBar(`Airplane Mode is now ${formatOnOff(on)}.`, db.device);
  },
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
