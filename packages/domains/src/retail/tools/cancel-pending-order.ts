import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { pyRound2 } from "../../core/python.ts";
import { getPaymentMethod, getOrder } from "../rules.ts";
import { tool, order } from "../schema.ts";
const reasons = ["no longer needed", "ordered by mistake"] as const;

export const cancelPendingOrder = tool({
  name: "cancel_pending_order",
  kind: "write",
  description: "Cancel an order that has not been processed and pay everything back to where it came from.",
  parameters: z.strictObject({
    order_id: z.string().describe("The order, such as #W1234567, with the # sign."),
    reason: z.string().describe("Why: 'no longer needed' or 'ordered by mistake'."),
  }),
  result: order,
  run({ db }, { order_id, reason }) {
    const cancelled = getOrder(db, order_id);
    if (cancelled.status !== "pending") throw new ToolError("Non-pending order cannot be cancelled");
    const known = reasons.find((one) => one === reason);
    if (!known) throw new ToolError("Invalid reason");
    // Quirk of tau2-bench: every entry is refunded, including earlier refunds (docs/spec/retail.md#3-7).
    const refunds = cancelled.payment_history.map(({ amount, payment_method_id }) => {
      const method = getPaymentMethod(db, cancelled, payment_method_id);
      if (method.source === "gift_card") method.balance = pyRound2(method.balance + amount);
      return { transaction_type: "refund" as const, amount, payment_method_id };
    });
    cancelled.status = "cancelled";
    cancelled.cancel_reason = known;
    cancelled.payment_history.push(...refunds);
    return cancelled;
  },
});
