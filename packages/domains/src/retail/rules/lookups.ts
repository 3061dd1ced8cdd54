import { getOwn } from "../../core/entry-of.ts";
import { ToolError } from "../../core/errors.ts";
import type { RetailDb } from "../schema/db.ts";
import type { Order } from "../schema/order.ts";
import type { PaymentMethod } from "../schema/payment-method.ts";
import type { Product, Variant } from "../schema/product.ts";
import type { User } from "../schema/user.ts";

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

export function getVariant(product: Product, itemId: string): Variant {
  const found = product.variants.get(itemId);
  if (!found) throw new ToolError("Variant not found");
  return found;
}

/** A payment method of the customer who placed the order. */
export function getPaymentMethod(db: RetailDb, order: Order, id: string): PaymentMethod {
  const found = getOwn(getUser(db, order.user_id).payment_methods, id);
  if (!found) throw new ToolError("Payment method not found");
  return found;
}
