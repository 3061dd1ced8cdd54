import { ToolError } from "../../core/errors.ts";
import type { Bill, Customer, TelecomDb, CarrierDevice, Line, Plan } from "../schema/db.ts";

function found<T>(record: T | undefined, what: string): T {
  if (!record) throw new ToolError(`${what} not found`);
  return record;
}

function byId<K extends string, T extends Record<K, string>>(list: readonly T[], field: K, id: string, kind: string): T {
  const record = list.find((each) => each[field] === id);
  return found(record, `${kind} with ID ${id}`);
}

export function lineById(db: TelecomDb, id: string): Line {
  return byId(db.lines, "line_id", id, "Line");
}

export function lineByPhone(db: TelecomDb, phone: string): Line {
  const line = db.lines.find(({ phone_number }) => phone_number === phone);
  return found(line, `Line with phone number ${phone}`);
}

export function planById(db: TelecomDb, id: string): Plan {
  return byId(db.plans, "plan_id", id, "Plan");
}

export function deviceById(db: TelecomDb, id: string): CarrierDevice {
  return byId(db.devices, "device_id", id, "Device");
}

export function billById(db: TelecomDb, id: string): Bill {
  return byId(db.bills, "bill_id", id, "Bill");
}

export function customerById(db: TelecomDb, id: string): Customer {
  return byId(db.customers, "customer_id", id, "Customer");
}

/** The customer who can be reached at a number, or has a line of that number. */
export function customerByPhone(db: TelecomDb, phone: string): Customer {
  const hasLine = ({ line_ids }: Customer) => line_ids.some((id) => lineById(db, id).phone_number === phone);
  const customer = db.customers.find((each) => each.phone_number === phone || hasLine(each));
  return found(customer, `Customer with phone number ${phone}`);
}

/** A line of a customer. */
export function lineOfCustomer(db: TelecomDb, customerId: string, lineId: string): Line {
  const owner = customerById(db, customerId);
  if (!owner.line_ids.includes(lineId)) throw new ToolError(`Line ${lineId} not found for customer ${customerId}`);
  return lineById(db, lineId);
}

/** The bills that a customer was asked to pay. */
export function billsAwaitingPayment(db: TelecomDb, customer: Customer): Bill[] {
  return customer.bill_ids.map((id) => billById(db, id)).filter(({ status }) => status === "Awaiting Payment");
}
