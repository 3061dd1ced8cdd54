import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { pyRound2 } from "../../core/python.ts";
import { findMissingItem, getReplacement, getPaymentMethod, getOrder } from "../rules.ts";
import { tool, order } from "../schema.ts";
export const exchangeDeliveredOrderItems = tool({
  name: "exchange_delivered_order_items",
  kind: "write",
  description: "Request the exchange of delivered items for other variants of the same products. Can be done once for an order.",
  parameters: z.strictObject({
    order_id: z.string().describe("The order, such as #W1234567, with the # sign."),
    item_ids: z.array(z.string()).describe("Items to send back. An item that was bought twice may be named twice."),
    new_item_ids: z.array(z.string()).describe("What to get instead, one for each item and in the same order."),
    payment_method_id: z.string().describe("Method of the customer that pays or receives the difference in price."),
  }),
  result: order,
  run({ db }, { order_id, item_ids, new_item_ids, payment_method_id }) {
    const exchanged = getOrder(db, order_id);
    if (exchanged.status !== "delivered") throw new ToolError("Non-delivered order cannot be exchanged");
    const missing = findMissingItem(exchanged, item_ids);
    if (missing !== undefined) throw new ToolError(`Number of ${missing} not found.`);
    if (item_ids.length !== new_item_ids.length) throw new ToolError("The number of items to be exchanged should match.");
    const replacements = item_ids.map((oldId, i) => getReplacement(db, exchanged, oldId, new_item_ids[i]!));
    const difference = pyRound2(replacements.reduce((sum, replacement) => sum + replacement.difference, 0));
    const method = getPaymentMethod(db, exchanged, payment_method_id);
    if (method.source === "gift_card" && method.balance < difference) {
      throw new ToolError("Insufficient gift card balance to pay for the price difference");
    }
    exchanged.status = "exchange requested";
    // Quirk of tau2-bench: the lists are sorted separately, so the pairs are lost (docs/spec/retail.md#2-4).
    exchanged.exchange_items = item_ids.toSorted();
    exchanged.exchange_new_items = new_item_ids.toSorted();
    exchanged.exchange_payment_method_id = payment_method_id;
    exchanged.exchange_price_difference = difference;
    return exchanged;
  },
});
