import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { getBill, getCustomer, getDevice, getLine, getPlan, getLineOfCustomer, endOfThisMonth, lineParameters } from "../rules.ts";
import { bill, customer, tool, carrierDevice, line, plan } from "../schema.ts";
import { date, dict } from "../../core/schema/schema.ts";
export const getDetailsById = tool({
  name: "get_details_by_id",
  kind: "read",
  description: "Look up anything by its id: a line (L…), device (D…), bill (B…), customer (C…) or plan (P…).",
  parameters: z.strictObject({ id: z.string().describe("Such as L1001 or P1002.") }),
  result: z.union([line, carrierDevice, bill, customer, plan]),
  run({ db }, { id }) {
    switch (id.charAt(0)) {
      case "L":
        return getLine(db, id);
      case "D":
        return getDevice(db, id);
      case "B":
        return getBill(db, id);
      case "C":
        return getCustomer(db, id);
      case "P":
        return getPlan(db, id);
      default:
        throw new ToolError(`Unknown ID format or type: ${id}`);
    }
  },
});

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
    const { data_used_gb, data_refueling_gb, plan_id } = getLineOfCustomer(db, customer_id, line_id);
    const { data_limit_gb } = getPlan(db, plan_id);
    return { line_id, data_used_gb, data_limit_gb, data_refueling_gb, cycle_end_date: endOfThisMonth };
  },
});

export const getBillsForCustomer = tool({
  name: "get_bills_for_customer",
  kind: "read",
  description: "List a customer's bills, the newest first.",
  parameters: z.strictObject({
    customer_id: z.string().describe("Such as C1001."),
    limit: z.int().default(12).describe("How many at most."),
  }),
  result: z.array(bill),
  run({ db }, { customer_id, limit }) {
    const bills = getCustomer(db, customer_id).bill_ids.map((id) => getBill(db, id));
    // Quirk of tau2-bench: a negative limit omits that many of the oldest bills, as a Python slice does (docs/spec/telecom.md#s4).
    return bills.toSorted((a, b) => (a.issue_date < b.issue_date ? 1 : a.issue_date > b.issue_date ? -1 : 0)).slice(0, limit);
  },
});
