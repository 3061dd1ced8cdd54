import { z } from "zod";
import { date, dict } from "../../core/schema/schema.ts";
import { endOfThisMonth } from "../rules/clock.ts";
import { lineParameters } from "../rules/line-parameters.ts";
import { lineOfCustomer, planById } from "../rules/lookups.ts";
import { tool } from "../schema/db.ts";

export const getDataUsage = tool({
  name: "get_data_usage",
  kind: "read",
  description: "Show how much data a line has used in this cycle, its limit, and what was bought beyond it.",
  parameters: z.strictObject(lineParameters),
  result: dict({
    line_id: z.string(),
    data_used_gb: z.number(),
    data_limit_gb: z.number(),
    data_refueling_gb: z.number(),
    cycle_end_date: date(),
  }),
  run({ db }, { customer_id, line_id }) {
    const { data_used_gb, data_refueling_gb, plan_id } = lineOfCustomer(db, customer_id, line_id);
    const { data_limit_gb } = planById(db, plan_id);
    return { line_id, data_used_gb, data_limit_gb, data_refueling_gb, cycle_end_date: endOfThisMonth };
  },
});
