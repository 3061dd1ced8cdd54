import { getOwn } from "../../core/entry-of.ts";
import { ToolError } from "../../core/errors.ts";
import { pyNumber } from "../../core/python-text.ts";
import type { Payment } from "../schema/reservation.ts";
import type { User } from "../schema/user.ts";

/** Checks that the payments are covered, one by one, and together are the price. Takes nothing yet. */
export function checkPayments(user: User, payments: readonly Payment[], price: number): void {
  for (const { payment_id, amount } of payments) {
    const method = getOwn(user.payment_methods, payment_id);
    if (!method) throw new ToolError(`Payment method ${payment_id} not found`);
    if (method.source !== "credit_card" && method.amount < amount) {
      throw new ToolError(`Not enough balance in payment method ${payment_id}`);
    }
  }
  const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
  if (paid !== price) {
    throw new ToolError(`Payment amount does not add up, total price is ${pyNumber(price)}, but paid ${pyNumber(paid)}`);
  }
}

/** Takes the money: gift cards lose the amount, a certificate is spent whole, whatever is left on it. */
export function takePayments(user: User, payments: readonly Payment[]): void {
  for (const { payment_id, amount } of payments) {
    const method = getOwn(user.payment_methods, payment_id);
    // What was taken before stays taken, as in the reference (spec airline 3.4).
    if (!method) throw new ToolError(`Certificate ${payment_id} is listed twice and was spent by its first entry`);
    if (method.source === "gift_card") method.amount -= amount;
    if (method.source === "certificate") delete user.payment_methods[payment_id];
  }
}
