import { z } from "zod";
import { date, optional } from "../../core/schema.ts";

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
