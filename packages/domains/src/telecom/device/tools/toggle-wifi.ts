import { z } from "zod";
import { withStatusBar } from "../rules/status-bar.ts";
import { onOff } from "../rules/switches.ts";
import { dropWifi } from "../rules/wifi.ts";
import { userTool } from "../schema/db.ts";

export const toggleWifi = userTool({
  name: "toggle_wifi",
  kind: "write",
  description: "Switch Wi-Fi on or off. Not possible in airplane mode.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device } }) {
    if (device.airplane_mode) return withStatusBar("Cannot change Wi-Fi settings while Airplane Mode is ON.", device);
    device.wifi_enabled = !device.wifi_enabled;
    if (!device.wifi_enabled) dropWifi(device);
    return withStatusBar(`Wi-Fi is now ${onOff(device.wifi_enabled)}.`, device);
  },
});
