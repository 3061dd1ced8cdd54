import { pyRound2 } from "../../src/core/python.ts";
import type { Address, User } from "../../src/retail/schema.ts";
import type { NewOrder, StockItem } from "./books.ts";

/** Inputs that determine an order. */
export interface OrderParts {
  id: string;
  owner: User;
  address: Address;
  items: readonly StockItem[];
  status: NewOrder["status"];
  paidBy: string;
  tracking: string;
}

/** An order as the shop keeps it: paid for in full, sent off unless it is pending, paid back if it was cancelled. */
export function getOrder({ id, owner, address, items, status, paidBy, tracking }: OrderParts): NewOrder {
  const amount = pyRound2(items.reduce((sum, { variant }) => sum + variant.price, 0));
  const payment = { transaction_type: "payment" as const, amount, payment_method_id: paidBy };
  return {
    order_id: id,
    user_id: owner.user_id,
    address,
    items: items.map(({ product: { name, product_id }, variant: { item_id, price, options } }) => ({
      name,
      product_id,
      item_id,
      price,
      options,
    })),
    status,
    fulfillments: status === "pending" ? [] : [{ tracking_id: [tracking], item_ids: items.map(({ variant }) => variant.item_id) }],
    payment_history: status === "cancelled" ? [payment, { ...payment, transaction_type: "refund" }] : [payment],
  };
}
