import { ToolError } from "../../core/errors.ts";
import type { RetailDb } from "../schema/db.ts";
import type { Order } from "../schema/order.ts";
import type { Variant } from "../schema/product.ts";
import { getProduct, getVariant } from "./lookups.ts";

/** The first id that is asked for more often than the order holds it; undefined when all are there. */
export function missingItem(order: Order, itemIds: readonly string[]): string | undefined {
  const count = (ids: readonly string[], id: string) => ids.filter((other) => other === id).length;
  const held = order.items.map(({ item_id }) => item_id);
  return itemIds.find((id) => count(itemIds, id) > count(held, id));
}

/** An item of an order and the variant of the same product that is to take its place. */
export interface Replacement {
  oldId: string;
  variant: Variant;
  /** Dollars that the new variant costs more, or less. */
  difference: number;
}

/** What one item would be replaced by. @throws ToolError when the variant is of another product or not available. */
export function replacementFor(db: RetailDb, order: Order, oldId: string, newId: string): Replacement {
  const item = order.items.find(({ item_id }) => item_id === oldId);
  if (!item) throw new ToolError(`${oldId} not found`);
  const variant = getVariant(getProduct(db, item.product_id), newId);
  if (!variant.available) throw new ToolError(`New item ${newId} not found or available`);
  return { oldId, variant, difference: variant.price - item.price };
}
