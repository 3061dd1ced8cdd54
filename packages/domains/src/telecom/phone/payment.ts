import { z } from "zod";
import { pyFloat } from "../../core/python.ts";
import { userTool } from "./schema.ts";

export const checkPaymentRequest = userTool({
  name: "check_payment_request",
  kind: "read",
  description: "Look whether the carrier asks for the payment of a bill.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const request = db.surroundings.payment_request;
    if (request) return `You have a payment request for bill ${request.bill_id} of ${pyFloat(request.amount_due)} USD.`;
    return "No payment request has been made.";
  },
});

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
