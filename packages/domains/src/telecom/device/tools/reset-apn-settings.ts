import { z } from "zod";
import { searchNetwork } from "../rules/network-search.ts";
import { withStatusBar } from "../rules/status-bar.ts";
import { userTool } from "../schema/db.ts";

export const resetApnSettings = userTool({
  name: "reset_apn_settings",
  kind: "write",
  description: "Have the access point settings go back to their defaults at the next reboot.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    db.device.active_apn_settings.reset_at_reboot = true;
    searchNetwork(db);
    return withStatusBar("APN settings will reset at reboot.", db.device);
  },
});
