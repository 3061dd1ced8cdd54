import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { findMissingItem, getPaymentMethod, getOrder } from "../rules.ts";
import { tool, order } from "../schema.ts";
export const returnDeliveredOrderItems = tool({
  name: "return_delivered_order_items",
  kind: "write",
  description: "Request the return of delivered items. The money goes to the method that paid, or to a gift card.",
  parameters: z.strictObject({
    order_id: z.string().describe("The order, such as #W1234567, with the # sign."),
    item_ids: z.array(z.string()).describe("Items to send back. An item that was bought twice may be named twice."),
    payment_method_id: z.string().describe("Where the refund goes."),
  }),
  result: order,
  run({ db }, { order_id, item_ids, payment_method_id }) {
    const returned = getOrder(db, order_id);
    if (returned.status !== "delivered") throw new ToolError("Non-delivered order cannot be returned");
    const method = getPaymentMethod(db, returned, payment_method_id);
    if (method.source !== "gift_card" && returned.payment_history[0]?.payment_method_id !== payment_method_id) {
      throw new ToolError("Payment method should be the original payment method");
    }
    if (findMissingItem(returned, item_ids) !== undefined) throw new ToolError("Some item not found");
    returned.status = "return requested";
    returned.return_items = item_ids.toSorted();
    returned.return_payment_method_id = payment_method_id;
    return returned;
  },
});
