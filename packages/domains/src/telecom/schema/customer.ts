import { z } from "zod";
import { date, datetime, optional } from "../../core/schema.ts";

const address = z.strictObject({ street: z.string(), city: z.string(), state: z.string(), zip_code: z.string() });

const paymentMethod = z.strictObject({
  method_type: z.enum(["Credit Card", "Debit Card", "PayPal"]),
  account_number_last_4: z.string(),
  /** `MM/YYYY`. */
  expiration_date: z.string(),
});

/** Somebody with an account, and what belongs to it. */
export type Customer = z.output<typeof customer>;
export const customer = z.strictObject({
  customer_id: z.string(),
  full_name: z.string(),
  /** `YYYY-MM-DD`, compared as a text. */
  date_of_birth: z.string(),
  email: z.string(),
  /** Where the customer can be reached; it need not be one of the lines. */
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
