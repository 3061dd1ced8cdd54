import type { TelecomUserDb } from "./phone/schema.ts";
import { getBill, getBillsAwaitingPayment, getCustomerWithPhone, getLineByPhone, getPlan } from "./rules.ts";
import type { TelecomDb } from "./schema.ts";

/**
 * Copies the state of the line from the carrier to the phone, and a payment from the phone to the carrier (docs/spec/telecom.md#s5).
 * It does not run a network search, so the phone of a resumed line stays without service until the next search.
 */
export function syncTelecom({ agent, user }: { agent: TelecomDb; user: TelecomUserDb }): void {
  const { surroundings } = user;
  const phone = surroundings.phone_number;
  if (phone === null) return;
  const line = getLineByPhone(agent, phone);
  const plan = getPlan(agent, line.plan_id);
  surroundings.line_active = line.status === "Active";
  surroundings.roaming_allowed = line.roaming_enabled;
  const allowance = plan.data_limit_gb + line.data_refueling_gb;
  surroundings.mobile_data_usage_exceeded = line.data_used_gb >= allowance;
  if (surroundings.payment_request?.paid) {
    getBill(agent, surroundings.payment_request.bill_id).status = "Paid";
    surroundings.payment_request = null;
  }
  if (surroundings.payment_request === null) {
    const [bill] = getBillsAwaitingPayment(agent, getCustomerWithPhone(agent, phone));
    if (bill) surroundings.payment_request = { bill_id: bill.bill_id, amount_due: bill.total_due, paid: false };
  }
}
