import { z } from "zod";
import { mapOf, optional, printedAs } from "../../core/schema.ts";
import { address } from "./address.ts";

/** Something that was ordered, as it was when it was bought or last modified. */
export type OrderItem = z.output<typeof orderItem>;
const orderItem = z.object({
  name: z.string(),
  product_id: z.string(),
  item_id: z.string(),
  /** Dollars. */
  price: z.number(),
  options: mapOf(z.string()),
});

/** Money that changed hands. */
export type Transaction = z.output<typeof transaction>;
const transaction = z.object({
  transaction_type: z.enum(["payment", "refund"]),
  /** Dollars, never negative: the type says which way they went. */
  amount: z.number(),
  payment_method_id: z.string(),
});

/** An order. */
export type Order = z.output<typeof record>;
const record = z.object({
  order_id: z.string(),
  user_id: z.string(),
  address,
  items: z.array(orderItem),
  status: z.enum(["processed", "pending", "pending (item modified)", "delivered", "cancelled", "exchange requested", "return requested"]),
  fulfillments: z.array(z.object({ tracking_id: z.array(z.string()), item_ids: z.array(z.string()) })),
  /** Payments and refunds, oldest first. */
  payment_history: z.array(transaction),
  cancel_reason: optional(z.enum(["no longer needed", "ordered by mistake"])),
  exchange_items: optional(z.array(z.string())),
  exchange_new_items: optional(z.array(z.string())),
  exchange_payment_method_id: optional(z.string()),
  /** Dollars that the customer owes for the exchange; negative when they are owed. */
  exchange_price_difference: optional(z.number()),
  return_items: optional(z.array(z.string())),
  return_payment_method_id: optional(z.string()),
});

// An exchange of nothing leaves the difference as the integer it started from, and it prints without a decimal point (spec retail 3.4).
const emptyExchange = ({ exchange_items }: Order) => (exchange_items?.length === 0 ? { exchange_price_difference: "0" } : {});

export const order = printedAs(record, emptyExchange);
