import { z } from "zod";
import { userTool } from "../schema/db.ts";

export const checkApnSettings = userTool({
  name: "check_apn_settings",
  kind: "read",
  description: "Look up the access point settings that mobile data and picture messages use.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const { apn_name, mmsc_url } = db.device.active_apn_settings;
    // An empty address shows as not set although picture messages work with it (docs/spec/telecom.md#q12).
    return [
      `Current APN Name: ${apn_name}`,
      `MMSC URL (for picture messages): ${mmsc_url || "Not Set"}`,
      "(These are technical settings, usually best left unchanged.)",
    ].join("\n");
  },
});
