import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { pyRound2 } from "../../core/python.ts";
import { findMissingItem, getReplacement, type Replacement, getPaymentMethod, getOrder } from "../rules.ts";
import { tool, order, type Order } from "../schema.ts";
export const modifyPendingOrderItems = tool({
  name: "modify_pending_order_items",
  kind: "write",
  description: "Replace items of a pending order by other variants of the same products. Can be done once for an order.",
  parameters: z.strictObject({
    order_id: z.string().describe("The order, such as #W1234567, with the # sign."),
    item_ids: z.array(z.string()).describe("Items to replace. An item that was bought twice may be named twice."),
    new_item_ids: z.array(z.string()).describe("What to get instead, one for each item and in the same order."),
    payment_method_id: z.string().describe("Method of the customer that pays or receives the difference in price."),
  }),
  result: order,
  run({ db }, { order_id, item_ids, new_item_ids, payment_method_id }) {
    const modified = getOrder(db, order_id);
    if (modified.status !== "pending") throw new ToolError("Non-pending order cannot be modified");
    const missing = findMissingItem(modified, item_ids);
    if (missing !== undefined) throw new ToolError(`${missing} not found`);
    if (item_ids.length !== new_item_ids.length) throw new ToolError("The number of items to be exchanged should match");
    const replacements = item_ids.map((oldId, i) => {
      const newId = new_item_ids[i]!;
      if (newId === oldId) throw new ToolError("The new item id should be different from the old item id");
      return getReplacement(db, modified, oldId, newId);
    });
    // Quirk of tau2-bench: the difference is not rounded, also not in the payment history (docs/spec/retail.md#3-3).
    const difference = replacements.reduce((sum, replacement) => sum + replacement.difference, 0);
    const method = getPaymentMethod(db, modified, payment_method_id);
    if (method.source === "gift_card" && method.balance < difference) {
      throw new ToolError("Insufficient gift card balance to pay for the new item");
    }
    modified.payment_history.push({
      transaction_type: difference > 0 ? "payment" : "refund",
      amount: Math.abs(difference),
      payment_method_id,
    });
    if (method.source === "gift_card") method.balance = pyRound2(method.balance - difference);
    replaceItems(modified, replacements);
    modified.status = "pending (item modified)";
    return modified;
  },
});

/**
 * Replaces items of an order.
 * Quirk of tau2-bench: every replaced item gets the price and options of the last replacement (docs/spec/retail.md#3-1).
 * Quirk of tau2-bench: a replacement can apply to an item that an earlier one has replaced (docs/spec/retail.md#3-2).
 */
function replaceItems(modified: Order, replacements: readonly Replacement[]): void {
  const last = replacements.at(-1)?.variant;
  for (const { oldId, variant } of replacements) {
    const item = modified.items.find(({ item_id }) => item_id === oldId);
    if (!item || !last) continue;
    item.item_id = variant.item_id;
    item.price = last.price;
    item.options = { ...last.options };
  }
}
