import { z } from "zod";
import { withStatusBar } from "../rules/status-bar.ts";
import { onOff, toggleDataSaver } from "../rules/switches.ts";
import { userTool } from "../schema/db.ts";

export const toggleDataSaverMode = userTool({
  name: "toggle_data_saver_mode",
  kind: "write",
  description: "Switch the limit on data use, which slows the connection, on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = toggleDataSaver(db);
    return withStatusBar(`Data Saver Mode is now ${onOff(on)}.`, db.device);
  },
});
