import { z } from "zod";
import { simStatusOf } from "../rules/sim.ts";
import { onOff } from "../rules/switches.ts";
import { userTool } from "../schema/db.ts";

const yesNo = (yes: boolean) => (yes ? "Yes" : "No");

export const checkNetworkStatus = userTool({
  name: "check_network_status",
  kind: "read",
  description: "Look at the phone's network page: airplane mode, SIM card, cellular connection, data, roaming and Wi-Fi.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db: { device } }) =>
    [
      `Airplane Mode: ${onOff(device.airplane_mode)}`,
      `SIM Card Status: ${simStatusOf(device)}`,
      `Cellular Connection: ${device.network_connection_status}`,
      `Cellular Signal: ${device.network_signal_strength}`,
      `Cellular Network Type: ${device.network_technology_connected}`,
      `Mobile Data Enabled: ${yesNo(device.data_enabled)}`,
      `Data Roaming Enabled: ${yesNo(device.roaming_enabled)}`,
      `Wi-Fi Radio: ${onOff(device.wifi_enabled)}`,
      `Wi-Fi Connected: ${yesNo(device.wifi_connected)}`,
      ...(device.wifi_connected ? [`Connected Wi-Fi Network: ${device.wifi_ssid ?? "None"}`] : []),
    ].join("\n"),
});
