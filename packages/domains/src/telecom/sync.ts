import type { TelecomUserDb } from "./device/schema/db.ts";
import { billById, billsAwaitingPayment, customerByPhone, lineByPhone, planById } from "./rules/lookups.ts";
import type { TelecomDb } from "./schema/db.ts";

/**
 * Carries what the carrier does to the phone's surroundings, and a payment back to the carrier (docs/spec/telecom.md#s5).
 * It does not make the phone look for a network: a line that was resumed is noticed at the next search.
 */
export function syncTelecom({ agent, user }: { agent: TelecomDb; user: TelecomUserDb }): void {
  const { surroundings } = user;
  const phone = surroundings.phone_number;
  if (phone === null) return;
  const line = lineByPhone(agent, phone);
  const plan = planById(agent, line.plan_id);
  surroundings.line_active = line.status === "Active";
  surroundings.roaming_allowed = line.roaming_enabled;
  const allowance = plan.data_limit_gb + line.data_refueling_gb;
  surroundings.mobile_data_usage_exceeded = line.data_used_gb >= allowance;
  if (surroundings.payment_request?.paid) {
    billById(agent, surroundings.payment_request.bill_id).status = "Paid";
    surroundings.payment_request = null;
  }
  if (surroundings.payment_request === null) {
    const [bill] = billsAwaitingPayment(agent, customerByPhone(agent, phone));
    if (bill) surroundings.payment_request = { bill_id: bill.bill_id, amount_due: bill.total_due, paid: false };
  }
}
