import { z } from "zod";
import { mapOf, optional } from "../../../core/schema.ts";
import { signal } from "./levels.ts";

/** A bill that the carrier asks the customer to pay. */
export type PaymentRequest = z.output<typeof paymentRequest>;
const paymentRequest = z.strictObject({
  bill_id: z.string(),
  /** Dollars. */
  amount_due: z.number(),
  paid: z.boolean().default(false),
});

/** The world around the phone: who holds it, where, and what the carrier does for its line. */
export type Surroundings = z.output<typeof surroundings>;
export const surroundings = z.strictObject({
  name: optional(z.string()),
  /** Of the line in use. While it is null nothing is synced with the carrier. */
  phone_number: optional(z.string()),
  is_abroad: z.boolean().default(false),
  /** Whether the carrier lets the line roam. */
  roaming_allowed: z.boolean().default(false),
  /** What there is to receive, by technology. */
  signal_strength: mapOf(signal).default({ "2G": "poor", "3G": "fair", "4G": "good", "5G": "excellent" }),
  mobile_data_usage_exceeded: z.boolean().default(false),
  /** Whether the carrier serves the line. */
  line_active: z.boolean().default(true),
  payment_request: optional(paymentRequest),
});
