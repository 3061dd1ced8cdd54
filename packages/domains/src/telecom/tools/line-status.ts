import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { dict } from "../../core/schema/schema.ts";
import { today, lineParameters, getLineOfCustomer } from "../rules.ts";
import { tool, line } from "../schema.ts";

export const suspendLine = tool({
  name: "suspend_line",
  kind: "write",
  description: "Suspend an active line. It has no service until it is resumed.",
  parameters: z.strictObject({ ...lineParameters, reason: z.string().describe("Why it is suspended.") }),
  result: dict({ message: z.string(), line }),
  run({ db }, { customer_id, line_id }) {
    const suspended = getLineOfCustomer(db, customer_id, line_id);
    if (suspended.status !== "Active") throw new ToolError("Line must be active to suspend");
    suspended.status = "Suspended";
    suspended.suspension_start_date = today;
    // Quirk of tau2-bench: the answer announces a fee that is never charged (docs/spec/telecom.md#s4).
    return { line: suspended, message: "Line suspended successfully. $5/month holding fee will apply." };
  },
});

export const resumeLine = tool({
  name: "resume_line",
  kind: "write",
  description: "Bring a suspended line, or one waiting for activation, back into service. Bills and contract are not checked.",
  parameters: z.strictObject(lineParameters),
  result: dict({ message: z.string(), line }),
  run({ db }, { customer_id, line_id }) {
    const resumed = getLineOfCustomer(db, customer_id, line_id);
    if (resumed.status !== "Suspended" && resumed.status !== "Pending Activation") throw new ToolError("Line must be suspended to resume");
    resumed.status = "Active";
    resumed.suspension_start_date = null;
    return { message: "Line resumed successfully", line: resumed };
  },
});
