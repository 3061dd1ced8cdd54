import { ToolError } from "../../core/errors.ts";
import type { Order } from "../schema/order.ts";

/** Address and payment can be changed while an order is pending, with its items modified or not. */
export function requirePending(order: Order): void {
  if (!order.status.includes("pending")) throw new ToolError("Non-pending order cannot be modified");
}
