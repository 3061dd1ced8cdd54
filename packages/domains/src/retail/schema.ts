import { z } from "zod";
import { mapOf, optional, printedAs, orderedMap } from "../core/schema/schema.ts";
import { createToolFactory } from "../core/tool/tool.ts";

/** Address of a shipment or a person. Nothing but its presence is checked. */
export type Address = z.output<typeof address>;
export const address = z.object({
  address1: z.string(),
  address2: z.string(),
  city: z.string(),
  country: z.string(),
  state: z.string(),
  zip: z.string(),
});

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

// An exchange of nothing leaves the difference as the integer it started from, and it prints without a decimal point (docs/spec/retail.md#3-4).
const emptyExchange = ({ exchange_items }: Order) => (exchange_items?.length === 0 ? { exchange_price_difference: "0" } : {});

export const order = printedAs(record, emptyExchange);

/** One choice of a product's options, with a stock keeping id of its own. */
export type Variant = z.output<typeof variant>;
export const variant = z.object({
  item_id: z.string(),
  /** Option name to choice, such as `color` to `blue`. */
  options: mapOf(z.string()),
  available: z.boolean(),
  /** Dollars. */
  price: z.number(),
});

/** A product and its variants by item id. The ids look like integers, and models are shown them in the order of the file. */
export type Product = z.output<typeof product>;
export const product = z.object({ name: z.string(), product_id: z.string(), variants: orderedMap(variant) });

/** Payment method of a customer. Only a gift card has a balance to watch. */
export type PaymentMethod = z.output<typeof paymentMethod>;
export const paymentMethod = z.discriminatedUnion("source", [
  z.object({ source: z.literal("credit_card"), id: z.string(), brand: z.string(), last_four: z.string() }),
  z.object({ source: z.literal("paypal"), id: z.string() }),
  z.object({ source: z.literal("gift_card"), id: z.string(), balance: z.number() }),
]);

/** A customer. */
export type User = z.output<typeof user>;
export const user = z.object({
  user_id: z.string(),
  name: z.object({ first_name: z.string(), last_name: z.string() }),
  address,
  email: z.string(),
  payment_methods: mapOf(paymentMethod),
  /** Ids of the customer's orders. */
  orders: z.array(z.string()),
});

/** The shop's books, each by its id. */
export type RetailDb = z.output<typeof retailDb>;
export const retailDb = z.strictObject({ products: mapOf(product), users: mapOf(user), orders: mapOf(order) });

export const tool = createToolFactory<RetailDb>();
