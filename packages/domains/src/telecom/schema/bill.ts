import { z } from "zod";
import { date } from "../../core/schema.ts";

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
