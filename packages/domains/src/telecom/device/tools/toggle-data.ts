import { z } from "zod";
import { withStatusBar } from "../rules/status-bar.ts";
import { onOff, toggleMobileData } from "../rules/switches.ts";
import { userTool } from "../schema/db.ts";

export const toggleData = userTool({
  name: "toggle_data",
  kind: "write",
  description: "Switch mobile data on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = toggleMobileData(db);
    return withStatusBar(`Mobile Data is now ${onOff(on)}.`, db.device);
  },
});
