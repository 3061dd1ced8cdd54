import { entryOf } from "../../core/entry-of.ts";
import { ToolError } from "../../core/errors.ts";
import type { RetailDb } from "../schema/db.ts";
import type { Order } from "../schema/order.ts";
import type { PaymentMethod } from "../schema/payment-method.ts";
import type { Product, Variant } from "../schema/product.ts";
import type { User } from "../schema/user.ts";

export function orderOf(db: RetailDb, id: string): Order {
  const found = entryOf(db.orders, id);
  if (!found) throw new ToolError("Order not found");
  return found;
}

export function userOf(db: RetailDb, id: string): User {
  const found = entryOf(db.users, id);
  if (!found) throw new ToolError("User not found");
  return found;
}

export function productOf(db: RetailDb, id: string): Product {
  const found = entryOf(db.products, id);
  if (!found) throw new ToolError("Product not found");
  return found;
}

export function variantOf(product: Product, itemId: string): Variant {
  const found = product.variants.get(itemId);
  if (!found) throw new ToolError("Variant not found");
  return found;
}

/** A payment method of the customer who placed the order. */
export function methodOf(db: RetailDb, order: Order, id: string): PaymentMethod {
  const found = entryOf(userOf(db, order.user_id).payment_methods, id);
  if (!found) throw new ToolError("Payment method not found");
  return found;
}
