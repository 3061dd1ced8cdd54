import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { dict } from "../../core/schema/schema.ts";
import { today } from "../rules/clock.ts";
import { lineParameters } from "../rules/line-parameters.ts";
import { lineOfCustomer } from "../rules/lookups.ts";
import { tool, line } from "../schema/db.ts";
export const suspendLine = tool({
  name: "suspend_line",
  kind: "write",
  description: "Suspend an active line. It has no service until it is resumed.",
  parameters: z.strictObject({ ...lineParameters, reason: z.string().describe("Why it is suspended.") }),
  result: dict({ message: z.string(), line }),
  run({ db }, { customer_id, line_id }) {
    const suspended = lineOfCustomer(db, customer_id, line_id);
    if (suspended.status !== "Active") throw new ToolError("Line must be active to suspend");
    suspended.status = "Suspended";
    suspended.suspension_start_date = today;
    // The fee is announced, but no tool charges it.
    return { line: suspended, message: "Line suspended successfully. $5/month holding fee will apply." };
  },
});
