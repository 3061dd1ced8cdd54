import { z } from "zod";
import { userTool } from "../schema/db.ts";

export const checkDataRestrictionStatus = userTool({
  name: "check_data_restriction_status",
  kind: "read",
  description: "Look up whether Data Saver limits the use of data.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => (db.device.data_saver_mode ? "Data Saver mode is ON (limits data usage)." : "Data Saver mode is OFF."),
});
