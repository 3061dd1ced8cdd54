import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { billById, customerById, deviceById, lineById, planById } from "../rules/lookups.ts";
import { bill, customer, tool, carrierDevice, line, plan } from "../schema/db.ts";
export const getDetailsById = tool({
  name: "get_details_by_id",
  kind: "read",
  description: "Look up anything by its id: a line (L…), device (D…), bill (B…), customer (C…) or plan (P…).",
  parameters: z.strictObject({ id: z.string().describe("Such as L1001 or P1002.") }),
  result: z.union([line, carrierDevice, bill, customer, plan]),
  run({ db }, { id }) {
    switch (id.charAt(0)) {
      case "L":
        return lineById(db, id);
      case "D":
        return deviceById(db, id);
      case "B":
        return billById(db, id);
      case "C":
        return customerById(db, id);
      case "P":
        return planById(db, id);
      default:
        throw new ToolError(`Unknown ID format or type: ${id}`);
    }
  },
});
