import { getOwn } from "../../core/entry-of.ts";
import { ToolError } from "../../core/errors.ts";
import type { Payment } from "../schema/reservation.ts";
import type { User } from "../schema/user.ts";

/**
 * Settles what a change of a reservation costs; a negative difference pays back. The method must fit even when nothing is due.
 * Gift cards are charged or credited at once.
 * @returns the entry for the reservation's history; none when nothing is due.
 */
export function settleUpdate(user: User, paymentId: string, difference: number): Payment[] {
  const method = getOwn(user.payment_methods, paymentId);
  if (!method) throw new ToolError("Payment method not found");
  if (method.source === "certificate") throw new ToolError("Certificate cannot be used to update reservation");
  if (method.source === "gift_card") {
    if (method.amount < difference) throw new ToolError("Gift card balance is not enough");
    method.amount -= difference;
  }
  return difference === 0 ? [] : [{ payment_id: paymentId, amount: difference }];
}
