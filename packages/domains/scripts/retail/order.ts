import type { z } from "zod";
import type { order, Product, Variant, User, Address } from "../../src/retail/schema.ts";
import { pyRound2 } from "../../src/core/python.ts";

/** Order without the fields of returns, exchanges and cancellations. */
export type NewOrder = z.input<typeof order>;

/** Starter database. It consists of maps, since they keep the order of insertion. */
export interface RetailDatabase {
  products: Map<string, Product>;
  users: Map<string, User>;
  orders: Map<string, NewOrder>;
}

/** Variant and its product. */
export interface StockItem {
  product: Product;
  variant: Variant;
}

/** Lists the variants of all products. */
export function listStock(products: readonly Product[]): StockItem[] {
  return products.flatMap((product) => [...product.variants.values()].map((variant) => ({ product, variant })));
}

/** Parts of an order. */
export interface OrderParts {
  id: string;
  owner: User;
  address: Address;
  items: readonly StockItem[];
  status: NewOrder["status"];
  paidBy: string;
  tracking: string;
}

/** Creates an order. It is paid in full, shipped unless pending, and refunded if cancelled. */
export function createOrder({ id, owner, address, items, status, paidBy, tracking }: OrderParts): NewOrder {
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
