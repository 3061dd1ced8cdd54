import { z } from "zod";
import { searchNetwork } from "../rules/network-search.ts";
import { withStatusBar } from "../rules/status-bar.ts";
import { apnSettings, userTool } from "../schema/db.ts";
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
    return withStatusBar(steps.join("\n"), db.device);
  },
});
