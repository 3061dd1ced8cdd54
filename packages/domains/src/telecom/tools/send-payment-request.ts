import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { getBill, getBillsAwaitingPayment, getCustomer } from "../rules.ts";
import { tool } from "../schema.ts";

export const sendPaymentRequest = tool({
  name: "send_payment_request",
  kind: "write",
  description:
    "Ask a customer to pay a bill; the request appears on the customer's phone. One at a time. Whether the bill is overdue is not checked.",
  parameters: z.strictObject({
    customer_id: z.string().describe("Id of the customer who pays, such as C1001."),
    bill_id: z.string().describe("The bill, such as B1001."),
  }),
  result: z.string(),
  run({ db }, { customer_id, bill_id: id }) {
    const customer = getCustomer(db, customer_id);
    if (getBillsAwaitingPayment(db, customer).length > 0) throw new ToolError("A bill is already awaiting payment for this customer");
    if (!customer.bill_ids.includes(id)) throw new ToolError(`Bill ${id} not found for customer ${customer_id}`);
    getBill(db, id).status = "Awaiting Payment";
    // Quirk of tau2-bench: the status of the bill is not checked; only the policy forbids a paid bill or a draft (docs/spec/telecom.md#q5).
    return `Payment request sent to the customer for bill ${id}`;
  },
});
