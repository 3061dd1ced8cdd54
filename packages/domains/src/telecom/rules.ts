import { ToolError } from "../core/errors.ts";
import type { Bill, Customer, TelecomDb, CarrierDevice, Line, Plan } from "./schema.ts";
import { z } from "zod";

/** The day it is in this domain, 2025-02-25; nothing moves it on (docs/spec/telecom.md#s1-5). The other dates follow from it. */
export const today = "2025-02-25";
export const endOfThisMonth = "2025-02-28";
export const lastMonth = { start: "2025-01-01", end: "2025-01-31" };
const nextMonth = { start: "2025-03-01", end: "2025-03-31" };
/** Two weeks after the first of next month, when a bill issued then is due. */
const dueNextMonth = "2025-03-15";
/** Two weeks after the first of last month. */
export const dueLastMonth = "2025-01-15";

function found<T>(record: T | undefined, what: string): T {
  if (!record) throw new ToolError(`${what} not found`);
  return record;
}

function byId<K extends string, T extends Record<K, string>>(list: readonly T[], field: K, id: string, kind: string): T {
  const record = list.find((each) => each[field] === id);
  return found(record, `${kind} with ID ${id}`);
}

export function getLineById(db: TelecomDb, id: string): Line {
  return byId(db.lines, "line_id", id, "Line");
}

export function getLineByPhone(db: TelecomDb, phone: string): Line {
  const line = db.lines.find(({ phone_number }) => phone_number === phone);
  return found(line, `Line with phone number ${phone}`);
}

export function getPlanById(db: TelecomDb, id: string): Plan {
  return byId(db.plans, "plan_id", id, "Plan");
}

export function getDeviceById(db: TelecomDb, id: string): CarrierDevice {
  return byId(db.devices, "device_id", id, "Device");
}

export function getBillById(db: TelecomDb, id: string): Bill {
  return byId(db.bills, "bill_id", id, "Bill");
}

export function getCustomer(db: TelecomDb, id: string): Customer {
  return byId(db.customers, "customer_id", id, "Customer");
}

/** The customer who can be reached at a number, or has a line of that number. */
export function getCustomerWithPhone(db: TelecomDb, phone: string): Customer {
  const hasLine = ({ line_ids }: Customer) => line_ids.some((id) => getLineById(db, id).phone_number === phone);
  const customer = db.customers.find((each) => each.phone_number === phone || hasLine(each));
  return found(customer, `Customer with phone number ${phone}`);
}

/** A line of a customer. */
export function getLineOfCustomer(db: TelecomDb, customerId: string, lineId: string): Line {
  const owner = getCustomer(db, customerId);
  if (!owner.line_ids.includes(lineId)) throw new ToolError(`Line ${lineId} not found for customer ${customerId}`);
  return getLineById(db, lineId);
}

/** Returns the bills that await the customer's payment. */
export function getBillsAwaitingPayment(db: TelecomDb, customer: Customer): Bill[] {
  return customer.bill_ids.map((id) => getBillById(db, id)).filter(({ status }) => status === "Awaiting Payment");
}

/** Puts a one-time charge, or a credit when negative, on the customer's draft bill; creates that bill if it is missing. */
export function chargeOnce(db: TelecomDb, newId: () => string, customerId: string, amount: number, description: string): void {
  const customer = getCustomer(db, customerId);
  const draft =
    customer.bill_ids.map((id) => getBillById(db, id)).find(({ status }) => status === "Draft") ?? newDraft(db, newId, customer);
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
  return getBillById(db, draft.bill_id);
}

/** Parameters that name a line: by its owner and its id. */
export const lineParameters = {
  customer_id: z.string().describe("Whose line it is, such as C1001."),
  line_id: z.string().describe("The line, such as L1001."),
};
