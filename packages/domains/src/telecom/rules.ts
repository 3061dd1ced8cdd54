import { ToolError } from "../core/errors.ts";
import type { Bill, Customer, TelecomDb, CarrierDevice, Line, Plan } from "./schema.ts";
import { z } from "zod";

/** Current date of the domain. It is fixed, and the other dates follow from it (docs/spec/telecom.md#s1-5). */
export const today = "2025-02-25";
export const endOfThisMonth = "2025-02-28";
export const lastMonth = { start: "2025-01-01", end: "2025-01-31" };
const nextMonth = { start: "2025-03-01", end: "2025-03-31" };
/** Due date of a bill that is issued on the first of next month: two weeks later. */
const dueNextMonth = "2025-03-15";
/** Due date of a bill that is issued on the first of last month. */
export const dueLastMonth = "2025-01-15";

function requireFound<T>(record: T | undefined, what: string): T {
  if (!record) throw new ToolError(`${what} not found`);
  return record;
}

function getById<K extends string, T extends Record<K, string>>(list: readonly T[], field: K, id: string, kind: string): T {
  const record = list.find((each) => each[field] === id);
  return requireFound(record, `${kind} with ID ${id}`);
}

export function getLine(db: TelecomDb, id: string): Line {
  return getById(db.lines, "line_id", id, "Line");
}

export function getLineByPhone(db: TelecomDb, phone: string): Line {
  const line = db.lines.find(({ phone_number }) => phone_number === phone);
  return requireFound(line, `Line with phone number ${phone}`);
}

export function getPlan(db: TelecomDb, id: string): Plan {
  return getById(db.plans, "plan_id", id, "Plan");
}

export function getDevice(db: TelecomDb, id: string): CarrierDevice {
  return getById(db.devices, "device_id", id, "Device");
}

export function getBill(db: TelecomDb, id: string): Bill {
  return getById(db.bills, "bill_id", id, "Bill");
}

export function getCustomer(db: TelecomDb, id: string): Customer {
  return getById(db.customers, "customer_id", id, "Customer");
}

/** Returns the customer with a contact number or a line of that number. */
export function getCustomerWithPhone(db: TelecomDb, phone: string): Customer {
  const hasLine = ({ line_ids }: Customer) => line_ids.some((id) => getLine(db, id).phone_number === phone);
  const customer = db.customers.find((each) => each.phone_number === phone || hasLine(each));
  return requireFound(customer, `Customer with phone number ${phone}`);
}

/** Returns a line of a customer. @throws ToolError if the customer does not have the line. */
export function getLineOfCustomer(db: TelecomDb, customerId: string, lineId: string): Line {
  const owner = getCustomer(db, customerId);
  if (!owner.line_ids.includes(lineId)) throw new ToolError(`Line ${lineId} not found for customer ${customerId}`);
  return getLine(db, lineId);
}

/** Returns the bills of a customer that await payment. */
export function getBillsAwaitingPayment(db: TelecomDb, customer: Customer): Bill[] {
  return customer.bill_ids.map((id) => getBill(db, id)).filter(({ status }) => status === "Awaiting Payment");
}

/** Adds a one-time charge, or a credit if negative, to the draft bill of a customer. Creates that bill if it is missing. */
export function addCharge(db: TelecomDb, newId: () => string, customerId: string, amount: number, description: string): void {
  const customer = getCustomer(db, customerId);
  const draft =
    customer.bill_ids.map((id) => getBill(db, id)).find(({ status }) => status === "Draft") ?? createDraftBill(db, newId, customer);
  draft.line_items.push({ description, amount, date: today, item_type: amount < 0 ? "Credit" : "Charge" });
  draft.total_due += amount;
}

function createDraftBill(db: TelecomDb, newId: () => string, customer: Customer): Bill {
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
  return getBill(db, draft.bill_id);
}

/** Parameters that identify a line: its customer and its id. */
export const lineParameters = {
  customer_id: z.string().describe("Whose line it is, such as C1001."),
  line_id: z.string().describe("The line, such as L1001."),
};
