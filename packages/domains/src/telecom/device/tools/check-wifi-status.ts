import { z } from "zod";
import { userTool } from "../schema/db.ts";

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
