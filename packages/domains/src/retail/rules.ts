import { getOwn } from "../core/json/json.ts";
import { ToolError } from "../core/errors.ts";
import type { RetailDb, Order, PaymentMethod, Product, Variant, User } from "./schema.ts";
import { z } from "zod";

export function getOrder(db: RetailDb, id: string): Order {
  const found = getOwn(db.orders, id);
  if (!found) throw new ToolError("Order not found");
  return found;
}

export function getUser(db: RetailDb, id: string): User {
  const found = getOwn(db.users, id);
  if (!found) throw new ToolError("User not found");
  return found;
}

export function getProduct(db: RetailDb, id: string): Product {
  const found = getOwn(db.products, id);
  if (!found) throw new ToolError("Product not found");
  return found;
}

function getVariant(product: Product, itemId: string): Variant {
  const found = product.variants.get(itemId);
  if (!found) throw new ToolError("Variant not found");
  return found;
}

/** Returns a payment method of the customer of an order. @throws ToolError for an unknown id. */
export function getPaymentMethod(db: RetailDb, order: Order, id: string): PaymentMethod {
  const found = getOwn(getUser(db, order.user_id).payment_methods, id);
  if (!found) throw new ToolError("Payment method not found");
  return found;
}

/** Parameters of a new address. */
export const addressParameters = {
  address1: z.string().describe("Street and number, such as '12 Elm Street'."),
  address2: z.string().describe("Flat or suite, such as 'Suite 3'. Empty when there is none."), // prose-ok: read by models
  city: z.string().describe("City, such as 'Denver'."),
  state: z.string().describe("State, such as 'CO'."),
  country: z.string().describe("Country, such as 'USA'."),
  zip: z.string().describe("Zip code, such as '80014'."),
};

/** Finds the first id that occurs more often in the call than in the order. */
export function findMissingItem(order: Order, itemIds: readonly string[]): string | undefined {
  const count = (ids: readonly string[], id: string) => ids.filter((other) => other === id).length;
  const ordered = order.items.map(({ item_id }) => item_id);
  return itemIds.find((id) => count(itemIds, id) > count(ordered, id));
}

/** Item of an order and its new variant. */
export interface Replacement {
  oldId: string;
  variant: Variant;
  /** Price of the new variant minus the paid price, in dollars. */
  difference: number;
}

/** Returns the replacement of an item. @throws ToolError if the variant belongs to another product or is not available. */
export function getReplacement(db: RetailDb, order: Order, oldId: string, newId: string): Replacement {
  const item = order.items.find(({ item_id }) => item_id === oldId);
  if (!item) throw new ToolError(`${oldId} not found`);
  const variant = getVariant(getProduct(db, item.product_id), newId);
  if (!variant.available) throw new ToolError(`New item ${newId} not found or available`);
  return { oldId, variant, difference: variant.price - item.price };
}

/** Checks that an order is pending, with or without modified items. @throws ToolError if it is not. */
export function requirePending(order: Order): void {
  if (!order.status.includes("pending")) throw new ToolError("Non-pending order cannot be modified");
}
