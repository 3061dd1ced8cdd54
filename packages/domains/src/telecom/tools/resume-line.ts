import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { dict } from "../../core/schema/schema.ts";
import { lineParameters } from "../rules/line-parameters.ts";
import { lineOfCustomer } from "../rules/lookups.ts";
import { tool, line } from "../schema/db.ts";
export const resumeLine = tool({
  name: "resume_line",
  kind: "write",
  description: "Bring a suspended line, or one waiting for activation, back into service. Bills and contract are not checked.",
  parameters: z.strictObject(lineParameters),
  result: dict({ message: z.string(), line }),
  run({ db }, { customer_id, line_id }) {
    const resumed = lineOfCustomer(db, customer_id, line_id);
    if (resumed.status !== "Suspended" && resumed.status !== "Pending Activation") throw new ToolError("Line must be suspended to resume");
    resumed.status = "Active";
    resumed.suspension_start_date = null;
    return { message: "Line resumed successfully", line: resumed };
  },
});
