import { z } from "zod";
import { withStatusBar } from "../rules/status-bar.ts";
import { onOff, toggleDataRoaming } from "../rules/switches.ts";
import { userTool } from "../schema/db.ts";

export const toggleRoaming = userTool({
  name: "toggle_roaming",
  kind: "write",
  description: "Switch the use of mobile data abroad on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = toggleDataRoaming(db);
    return withStatusBar(`Data Roaming is now ${onOff(on)}.`, db.device);
  },
});
