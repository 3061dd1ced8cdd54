import { z } from "zod";
import { date, datetime, optional } from "../core/schema/schema.ts";
import { createToolFactory } from "../core/tool/tool.ts";

/** One entry of a bill. */
export type LineItem = z.output<typeof lineItem>;
const lineItem = z.strictObject({
  description: z.string(),
  /** Dollars; negative for a credit. */
  amount: z.number(),
  date: date(),
  item_type: z.string(),
});

/** A month's bill. A draft still collects charges. */
export type Bill = z.output<typeof bill>;
export const bill = z.strictObject({
  bill_id: z.string(),
  customer_id: z.string(),
  period_start: date(),
  period_end: date(),
  issue_date: date(),
  /** Dollars. */
  total_due: z.number(),
  due_date: date(),
  line_items: z.array(lineItem).default([]),
  status: z.enum(["Draft", "Issued", "Awaiting Payment", "Paid", "Overdue", "Disputed"]).default("Draft"),
});

const address = z.strictObject({ street: z.string(), city: z.string(), state: z.string(), zip_code: z.string() });

const paymentMethod = z.strictObject({
  method_type: z.enum(["Credit Card", "Debit Card", "PayPal"]),
  account_number_last_4: z.string(),
  /** `MM/YYYY`. */
  expiration_date: z.string(),
});

/** An account holder with lines and bills. */
export type Customer = z.output<typeof customer>;
export const customer = z.strictObject({
  customer_id: z.string(),
  full_name: z.string(),
  /** `YYYY-MM-DD`, compared as a text. */
  date_of_birth: z.string(),
  email: z.string(),
  /** Contact number of the customer; it need not be one of the lines. */
  phone_number: z.string(),
  address,
  account_status: z.enum(["Active", "Suspended", "Pending Verification", "Closed"]).default("Pending Verification"),
  payment_methods: z.array(paymentMethod).default([]),
  line_ids: z.array(z.string()).default([]),
  bill_ids: z.array(z.string()).default([]),
  created_at: z.union([datetime(), date()]).default("2025-01-01"),
  last_extension_date: optional(date()),
  /** Dollars. */
  goodwill_credit_used_this_year: z.number().default(0),
});

/** A device as the carrier knows it. What the customer's phone is doing is on the user's side. */
export type CarrierDevice = z.output<typeof carrierDevice>;
export const carrierDevice = z.strictObject({
  device_id: z.string(),
  device_type: z.enum(["phone", "router", "tablet", "watch", "other"]),
  model: z.string(),
  imei: optional(z.string()),
  is_esim_capable: z.boolean(),
  activated: z.boolean().default(false),
  activation_date: optional(datetime()),
  last_esim_transfer_date: optional(datetime()),
});

/** A phone line. Only an active one has service. */
export type Line = z.output<typeof line>;
export const line = z.strictObject({
  line_id: z.string(),
  phone_number: z.string(),
  status: z.enum(["Active", "Suspended", "Pending Activation", "Closed"]).default("Pending Activation"),
  plan_id: z.string(),
  device_id: optional(z.string()),
  /** Gigabytes in the current cycle. */
  data_used_gb: z.number().default(0),
  /** Gigabytes bought beyond the plan's limit. */
  data_refueling_gb: z.number().default(0),
  roaming_enabled: z.boolean().default(false),
  contract_end_date: optional(date()),
  last_plan_change_date: optional(date()),
  last_sim_replacement_date: optional(date()),
  suspension_start_date: optional(date()),
});

/** Allowances and prices of a line. */
export type Plan = z.output<typeof plan>;
export const plan = z.strictObject({
  plan_id: z.string(),
  name: z.string(),
  /** Gigabytes a month. */
  data_limit_gb: z.number(),
  /** Dollars. */
  price_per_month: z.number(),
  /** Dollars for each gigabyte bought beyond the limit. */
  data_refueling_price_per_gb: z.number(),
});

/** The carrier's books: lists, looked through in order. */
export type TelecomDb = z.output<typeof telecomDb>;
export const telecomDb = z.strictObject({
  plans: z.array(plan).default([]),
  customers: z.array(customer).default([]),
  lines: z.array(line).default([]),
  bills: z.array(bill).default([]),
  devices: z.array(carrierDevice).default([]),
});

export const tool = createToolFactory<TelecomDb>();
