import { z } from "zod";
import { parseData } from "../../../core/schema/schema.ts";
import { searchNetwork } from "../rules/network-search.ts";
import { withStatusBar } from "../rules/status-bar.ts";
import { apnSettings, userTool } from "../schema/db.ts";
export const setApnSettings = userTool({
  name: "set_apn_settings",
  kind: "write",
  description: "Replace the access point settings as a whole; what is left out gets its default. They hold at once.",
  parameters: z.strictObject({
    apn_settings: z
      .union([apnSettings, z.looseObject({})])
      .describe("The new settings: apn_name, mms_apn, mmsc_url, mms_proxy, mms_port, reset_at_reboot."),
  }),
  result: z.string(),
  run({ db }, { apn_settings }) {
    db.device.active_apn_settings = parseData(apnSettings, apn_settings, "apn_settings");
    searchNetwork(db);
    return withStatusBar(`APN settings set to: ${db.device.active_apn_settings.apn_name}`, db.device);
  },
});
