import { z } from "zod";
import { withStatusBar } from "../rules/status-bar.ts";
import { onOff } from "../rules/switches.ts";
import { userTool } from "../schema/db.ts";

export const toggleWifiCalling = userTool({
  name: "toggle_wifi_calling",
  kind: "write",
  description: "Switch calls over Wi-Fi on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device } }) {
    device.wifi_calling_enabled = !device.wifi_calling_enabled;
    return withStatusBar(`Wi-Fi Calling is now ${onOff(device.wifi_calling_enabled)}.`, device);
  },
});
