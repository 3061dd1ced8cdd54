import type { z } from "zod";
import type { order, Product, Variant, User } from "../../src/retail/schema.ts";
/** An order without what only returns, exchanges and cancellations fill in. */
export type NewOrder = z.input<typeof order>;

/** The starter database while it is made: maps, since their keys keep the order of insertion. */
export interface RetailBooks {
  products: Map<string, Product>;
  users: Map<string, User>;
  orders: Map<string, NewOrder>;
}

/** A variant with the product that it is of. */
export interface StockItem {
  product: Product;
  variant: Variant;
}

/** Everything that the shop has ever sold. */
export function stockOf(products: readonly Product[]): StockItem[] {
  return products.flatMap((product) => [...product.variants.values()].map((variant) => ({ product, variant })));
}
