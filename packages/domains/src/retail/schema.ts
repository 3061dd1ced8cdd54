import { z } from "zod";
import { mapOf, optional, printedAs, orderedMap } from "../core/schema/schema.ts";
import { createToolFactory } from "../core/tool/tool.ts";

/** Address of an order or a customer. The contents are not checked. */
export type Address = z.output<typeof address>;
export const address = z.object({
  address1: z.string(),
  address2: z.string(),
  city: z.string(),
  country: z.string(),
  state: z.string(),
  zip: z.string(),
});

/** Item of an order, as of its purchase or its last modification. */
const orderItem = z.object({
  name: z.string(),
  product_id: z.string(),
  item_id: z.string(),
  /** Dollars. */
  price: z.number(),
  options: mapOf(z.string()),
});

/** Payment or refund. */
const transaction = z.object({
  transaction_type: z.enum(["payment", "refund"]),
  /** Dollars. Never negative, since the type gives the direction. */
  amount: z.number(),
  payment_method_id: z.string(),
});

/** Order of a customer. */
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
  /** Dollars that the customer pays for the exchange; negative for a refund. */
  exchange_price_difference: optional(z.number()),
  return_items: optional(z.array(z.string())),
  return_payment_method_id: optional(z.string()),
});

// Quirk of tau2-bench: the difference of an exchange without items is the integer 0, printed without a decimal point (docs/spec/retail.md#3-4).
const printEmptyExchange = ({ exchange_items }: Order) => (exchange_items?.length === 0 ? { exchange_price_difference: "0" } : {});

export const order = printedAs(record, printEmptyExchange);

/** Variant of a product: one combination of its options. */
export type Variant = z.output<typeof variant>;
export const variant = z.object({
  item_id: z.string(),
  /** Option name to choice, such as `color` to `blue`. */
  options: mapOf(z.string()),
  available: z.boolean(),
  /** Dollars. */
  price: z.number(),
});

/** Product and its variants by item id. The variants keep the order of the file although their ids look like array indexes. */
export type Product = z.output<typeof product>;
export const product = z.object({ name: z.string(), product_id: z.string(), variants: orderedMap(variant) });

/** Payment method of a customer. Only a gift card has a balance. */
export type PaymentMethod = z.output<typeof paymentMethod>;
export const paymentMethod = z.discriminatedUnion("source", [
  z.object({ source: z.literal("credit_card"), id: z.string(), brand: z.string(), last_four: z.string() }),
  z.object({ source: z.literal("paypal"), id: z.string() }),
  z.object({ source: z.literal("gift_card"), id: z.string(), balance: z.number() }),
]);

/** Profile of a customer. */
export type User = z.output<typeof user>;
export const user = z.object({
  user_id: z.string(),
  name: z.object({ first_name: z.string(), last_name: z.string() }),
  address,
  email: z.string(),
  payment_methods: mapOf(paymentMethod),
  /** Ids of the orders. */
  orders: z.array(z.string()),
});

/** Database of the shop: records by id. */
export type RetailDb = z.output<typeof retailDb>;
export const retailDb = z.strictObject({ products: mapOf(product), users: mapOf(user), orders: mapOf(order) });

export const tool = createToolFactory<RetailDb>();
