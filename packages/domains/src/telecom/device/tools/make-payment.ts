import { z } from "zod";
import { pyFloat } from "../../../core/python.ts";
import { userTool } from "../schema/db.ts";

export const makePayment = userTool({
  name: "make_payment",
  kind: "write",
  description: "Pay the bill that the carrier asks for.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const request = db.surroundings.payment_request;
    if (!request) return "You do not have a payment request.";
    request.paid = true;
    return `Payment of ${pyFloat(request.amount_due)} USD has been made for bill ${request.bill_id}.`;
  },
});
