import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { pyWritten } from "../../core/python.ts";
import { findUnusedId, getUser } from "../rules.ts";
import { tool } from "../schema.ts";

const assignableIds = ["certificate_3221322", "certificate_3221323", "certificate_3221324"];

export const sendCertificate = tool({
  name: "send_certificate",
  kind: "write",
  description: "Give a customer a travel certificate. This cannot be taken back.",
  parameters: z.strictObject({
    user_id: z.string().describe("The customer, such as ana_ruiz_1234."),
    amount: z.int().describe("Its worth in dollars."),
  }),
  result: z.string(),
  run({ db }, args) {
    const { user_id, amount } = args;
    const user = getUser(db, user_id);
    const id = findUnusedId(assignableIds, user.payment_methods);
    if (!id) throw new ToolError("Too many certificates");
    user.payment_methods[id] = { source: "certificate", id, amount };
    return `Certificate ${id} added to user ${user_id} with amount ${pyWritten(args, "amount", "int")}.`;
  },
});
