import type { Bill, Customer, TelecomDb } from "../schema/db.ts";
import { dueNextMonth, nextMonth, today } from "./clock.ts";
import { billById, customerById } from "./lookups.ts";

/** Puts a one-time charge, or a credit when negative, on the customer's draft bill; makes that bill when there is none. */
export function chargeOnce(db: TelecomDb, newId: () => string, customerId: string, amount: number, description: string): void {
  const customer = customerById(db, customerId);
  const draft = customer.bill_ids.map((id) => billById(db, id)).find(({ status }) => status === "Draft") ?? newDraft(db, newId, customer);
  draft.line_items.push({ description, amount, date: today, item_type: amount < 0 ? "Credit" : "Charge" });
  draft.total_due += amount;
}

function newDraft(db: TelecomDb, newId: () => string, customer: Customer): Bill {
  const draft: Bill = {
    bill_id: `B${newId()}`,
    customer_id: customer.customer_id,
    period_start: nextMonth.start,
    period_end: nextMonth.end,
    issue_date: nextMonth.start,
    total_due: 0,
    due_date: dueNextMonth,
    line_items: [],
    status: "Draft",
  };
  db.bills.push(draft);
  customer.bill_ids.push(draft.bill_id);
  return billById(db, draft.bill_id);
}
