import { z } from "zod";
import { withStatusBar } from "../rules/status-bar.ts";
import { onOff, toggleAirplane } from "../rules/switches.ts";
import { userTool } from "../schema/db.ts";

export const toggleAirplaneMode = userTool({
  name: "toggle_airplane_mode",
  kind: "write",
  description: "Switch airplane mode on or off. Switching it on ends Wi-Fi and VPN connections.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = toggleAirplane(db);
    return withStatusBar(`Airplane Mode is now ${onOff(on)}.`, db.device);
  },
});
