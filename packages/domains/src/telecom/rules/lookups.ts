import { ToolError } from "../../core/errors.ts";
import type { Bill } from "../schema/bill.ts";
import type { Customer } from "../schema/customer.ts";
import type { TelecomDb } from "../schema/db.ts";
import type { CarrierDevice } from "../schema/device.ts";
import type { Line } from "../schema/line.ts";
import type { Plan } from "../schema/plan.ts";

function found<T>(record: T | undefined, what: string): T {
  if (!record) throw new ToolError(`${what} not found`);
  return record;
}

export function lineById(db: TelecomDb, id: string): Line {
  return found(
    db.lines.find(({ line_id }) => line_id === id),
    `Line with ID ${id}`,
  );
}

export function lineByPhone(db: TelecomDb, phone: string): Line {
  return found(
    db.lines.find(({ phone_number }) => phone_number === phone),
    `Line with phone number ${phone}`,
  );
}

export function planById(db: TelecomDb, id: string): Plan {
  return found(
    db.plans.find(({ plan_id }) => plan_id === id),
    `Plan with ID ${id}`,
  );
}

export function deviceById(db: TelecomDb, id: string): CarrierDevice {
  return found(
    db.devices.find(({ device_id }) => device_id === id),
    `Device with ID ${id}`,
  );
}

export function billById(db: TelecomDb, id: string): Bill {
  return found(
    db.bills.find(({ bill_id }) => bill_id === id),
    `Bill with ID ${id}`,
  );
}

export function customerById(db: TelecomDb, id: string): Customer {
  return found(
    db.customers.find(({ customer_id }) => customer_id === id),
    `Customer with ID ${id}`,
  );
}

/** The customer who can be reached at a number, or has a line of that number. */
export function customerByPhone(db: TelecomDb, phone: string): Customer {
  return found(
    db.customers.find(
      ({ phone_number, line_ids }) => phone_number === phone || line_ids.some((id) => lineById(db, id).phone_number === phone),
    ),
    `Customer with phone number ${phone}`,
  );
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
