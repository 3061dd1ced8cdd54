import { z } from "zod";
import { date, datetime, optional } from "../core/schema/schema.ts";
import { createToolFactory } from "../core/tool/tool.ts";

/** Entry of a bill. */
const lineItem = z.strictObject({
  description: z.string(),
  /** Dollars; negative for a credit. */
  amount: z.number(),
  date: date(),
  item_type: z.string(),
});

/** Monthly bill. Charges are added while it is a draft. */
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
  /** `YYYY-MM-DD`, compared as a string. */
  date_of_birth: z.string(),
  email: z.string(),
  /** Contact number of the customer. It can differ from the numbers of the lines. */
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

/** Record of a device at the carrier. The state of the phone itself is on the user's side. */
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

/** Phone line. Only an active line has service. */
export type Line = z.output<typeof line>;
export const line = z.strictObject({
  line_id: z.string(),
  phone_number: z.string(),
  status: z.enum(["Active", "Suspended", "Pending Activation", "Closed"]).default("Pending Activation"),
  plan_id: z.string(),
  device_id: optional(z.string()),
  /** Gigabytes in the current cycle. */
  data_used_gb: z.number().default(0),
  /** Gigabytes bought in addition to the limit of the plan. */
  data_refueling_gb: z.number().default(0),
  roaming_enabled: z.boolean().default(false),
  contract_end_date: optional(date()),
  last_plan_change_date: optional(date()),
  last_sim_replacement_date: optional(date()),
  suspension_start_date: optional(date()),
});

/** Plan of a line: its allowances and prices. */
export type Plan = z.output<typeof plan>;
export const plan = z.strictObject({
  plan_id: z.string(),
  name: z.string(),
  /** Gigabytes per month. */
  data_limit_gb: z.number(),
  /** Dollars. */
  price_per_month: z.number(),
  /** Dollars per additional gigabyte. */
  data_refueling_price_per_gb: z.number(),
});

/** Database of the carrier. Lookups return the first match of a list. */
export type TelecomDb = z.output<typeof telecomDb>;
export const telecomDb = z.strictObject({
  plans: z.array(plan).default([]),
  customers: z.array(customer).default([]),
  lines: z.array(line).default([]),
  bills: z.array(bill).default([]),
  devices: z.array(carrierDevice).default([]),
});

export const tool = createToolFactory<TelecomDb>();
