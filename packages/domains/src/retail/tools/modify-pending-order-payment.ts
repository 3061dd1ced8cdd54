import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { pyRound2 } from "../../core/python.ts";
import { getPaymentMethod, getOrder, requirePending } from "../rules.ts";
import { tool, order } from "../schema.ts";
export const modifyPendingOrderPayment = tool({
  name: "modify_pending_order_payment",
  kind: "write",
  description: "Pay for a pending order with another method; what was paid before goes back to where it came from.",
  parameters: z.strictObject({
    order_id: z.string().describe("The order, such as #W1234567, with the # sign."),
    payment_method_id: z.string().describe("Method of the customer that pays from now on."),
  }),
  result: order,
  run({ db }, { order_id, payment_method_id }) {
    const modified = getOrder(db, order_id);
    requirePending(modified);
    const method = getPaymentMethod(db, modified, payment_method_id);
    const [paid, ...more] = modified.payment_history;
    if (!paid || more.length > 0 || paid.transaction_type !== "payment") {
      throw new ToolError("There should be exactly one payment for a pending order");
    }
    const { amount, payment_method_id: before } = paid;
    if (before === payment_method_id) throw new ToolError("The new payment method should be different from the current one");
    if (method.source === "gift_card" && method.balance < amount) {
      throw new ToolError("Insufficient gift card balance to pay for the order");
    }
    modified.payment_history.push({ transaction_type: "payment", amount, payment_method_id });
    modified.payment_history.push({ transaction_type: "refund", amount, payment_method_id: before });
    if (method.source === "gift_card") method.balance = pyRound2(method.balance - amount);
    const old = getPaymentMethod(db, modified, before);
    if (old.source === "gift_card") old.balance = pyRound2(old.balance + amount);
    return modified;
  },
});
