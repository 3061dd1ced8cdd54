import { z } from "zod";
import { parseData } from "../../core/schema/schema.ts";
import { searchNetwork } from "./network.ts";
import { apnSettings, userTool } from "./schema.ts";
import { appendStatusBar } from "./status-bar.ts";

export const checkApnSettings = userTool({
  name: "check_apn_settings",
  kind: "read",
  description: "Look up the access point settings that mobile data and picture messages use.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const { apn_name, mmsc_url } = db.device.active_apn_settings;
    // Quirk of tau2-bench: an empty address shows as not set, although picture messages work with it (docs/spec/telecom.md#q12).
    return [
      `Current APN Name: ${apn_name}`,
      `MMSC URL (for picture messages): ${mmsc_url || "Not Set"}`,
      "(These are technical settings, usually best left unchanged.)",
    ].join("\n");
  },
});

export const setApnSettings = userTool({
  name: "set_apn_settings",
  kind: "write",
  description: "Replace the access point settings as a whole; what is left out gets its default. They take effect immediately.",
  parameters: z.strictObject({
    apn_settings: z
      .union([apnSettings, z.looseObject({})])
      .describe("The new settings: apn_name, mms_apn, mmsc_url, mms_proxy, mms_port, reset_at_reboot."),
  }),
  result: z.string(),
  run({ db }, { apn_settings }) {
    db.device.active_apn_settings = parseData(apnSettings, apn_settings, "apn_settings");
    searchNetwork(db);
    return appendStatusBar(`APN settings set to: ${db.device.active_apn_settings.apn_name}`, db.device);
  },
});

export const resetApnSettings = userTool({
  name: "reset_apn_settings",
  kind: "write",
  description: "Have the access point settings go back to their defaults at the next reboot.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    db.device.active_apn_settings.reset_at_reboot = true;
    searchNetwork(db);
    return appendStatusBar("APN settings will reset at reboot.", db.device);
  },
});
