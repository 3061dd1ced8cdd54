import { z } from "zod";

/** What a line may use, and what it costs. */
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
