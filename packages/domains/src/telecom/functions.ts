import { z } from "zod";
import { ToolError } from "../core/errors.ts";
import { pyFloat, pyStr } from "../core/python.ts";
import {
  chargeOnce,
  dueLastMonth,
  lastMonth,
  today,
  lineParameters,
  getBillById,
  getCustomer,
  getLineById,
  getLineOfCustomer,
  getPlanById,
} from "./rules.ts";
import { tool } from "./schema.ts";

/** Functions of the carrier for initial states and assertions; models cannot call them (docs/spec/telecom.md#s6). */

const setDataUsage = tool({
  name: "set_data_usage",
  kind: "write",
  description: "Sets how much data a line has used.",
  parameters: z.strictObject({ ...lineParameters, data_used_gb: z.number() }),
  result: z.string(),
  run({ db }, { customer_id, line_id, data_used_gb: used }) {
    getLineOfCustomer(db, customer_id, line_id).data_used_gb = used;
    return `Data usage set to ${pyFloat(used)} GB for line ${line_id}`;
  },
});

const suspendLineForOverdueBill = tool({
  name: "suspend_line_for_overdue_bill",
  kind: "write",
  description: "Suspends a line for last month's unpaid bill, which it makes.",
  parameters: z.strictObject({ ...lineParameters, new_bill_id: z.string(), contract_ended: z.boolean() }),
  result: z.string(),
  run({ db }, { customer_id, line_id, new_bill_id: billId, contract_ended }) {
    const line = getLineById(db, line_id);
    if (line.status !== "Active") throw new ToolError("Line must be active to suspend for unpaid bill");
    const amount = getPlanById(db, line.plan_id).price_per_month;
    if (amount <= 0) throw new ToolError("Amount must be positive for overdue bill");
    const customer = getCustomer(db, customer_id);
    if (customer.bill_ids.some((id) => getBillById(db, id).status === "Overdue")) {
      throw new ToolError("Customer already has an overdue bill");
    }
    db.bills.push({
      bill_id: billId,
      customer_id,
      period_start: lastMonth.start,
      period_end: lastMonth.end,
      issue_date: lastMonth.start,
      total_due: amount,
      due_date: dueLastMonth,
      line_items: [{ description: `Charge for line ${line_id}`, amount, date: today, item_type: "Charge" }],
      status: "Overdue",
    });
    customer.bill_ids.push(billId);
    line.status = "Suspended";
    line.suspension_start_date = today;
    if (contract_ended) line.contract_end_date = lastMonth.end;
    return `Line ${line_id} suspended for unpaid bill ${billId}. Contract ended: ${pyStr(contract_ended)}`;
  },
});

const setBillToPaid = tool({
  name: "_set_bill_to_paid",
  kind: "write",
  description: "Marks a bill as paid.",
  parameters: z.strictObject({ bill_id: z.string() }),
  result: z.string(),
  run({ db }, { bill_id }) {
    getBillById(db, bill_id).status = "Paid";
    return `Bill ${bill_id} set to paid`;
  },
});

const applyOneTimeCharge = tool({
  name: "_apply_one_time_charge",
  kind: "write",
  description: "Puts a charge on the customer's draft bill.",
  parameters: z.strictObject({ customer_id: z.string(), amount: z.number(), description: z.string() }),
  result: z.null(),
  run({ db, newId }, { customer_id, amount, description }) {
    chargeOnce(db, newId, customer_id, amount, description);
    return null;
  },
});

const getAvailablePlanIds = tool({
  name: "get_available_plan_ids",
  kind: "read",
  description: "Lists the plans' ids.",
  parameters: z.strictObject({}),
  result: z.array(z.string()),
  run: ({ db }) => db.plans.map(({ plan_id }) => plan_id),
});

const assertDataRefuelingAmount = tool({
  name: "assert_data_refueling_amount",
  kind: "read",
  description: "Whether so much data was bought for a line.",
  parameters: z.strictObject({ ...lineParameters, expected_amount: z.number() }),
  result: z.boolean(),
  run: ({ db }, { customer_id, line_id, expected_amount }) =>
    Math.abs(getLineOfCustomer(db, customer_id, line_id).data_refueling_gb - expected_amount) < 1e-6,
});

const assertLineStatus = tool({
  name: "assert_line_status",
  kind: "read",
  description: "Whether a line has a status.",
  parameters: z.strictObject({ ...lineParameters, expected_status: z.string() }),
  result: z.boolean(),
  run: ({ db }, { customer_id, line_id, expected_status }) => getLineOfCustomer(db, customer_id, line_id).status === expected_status,
});

const assertOverdueBillExists = tool({
  name: "assert_overdue_bill_exists",
  kind: "read",
  description: "Whether a customer has an overdue bill of that id; refuses when not.",
  parameters: z.strictObject({ customer_id: z.string(), overdue_bill_id: z.string() }),
  result: z.boolean(),
  run({ db }, { customer_id, overdue_bill_id }) {
    if (!getCustomer(db, customer_id).bill_ids.includes(overdue_bill_id)) throw new ToolError(`Overdue bill ${overdue_bill_id} not found`);
    if (getBillById(db, overdue_bill_id).status !== "Overdue") throw new ToolError(`Overdue bill ${overdue_bill_id} is not overdue`);
    return true;
  },
});

const assertNoOverdueBill = tool({
  name: "assert_no_overdue_bill",
  kind: "read",
  description: "Whether a bill is paid, or does not exist.",
  parameters: z.strictObject({ overdue_bill_id: z.string() }),
  result: z.boolean(),
  run: ({ db }, { overdue_bill_id }) => db.bills.every(({ bill_id, status }) => bill_id !== overdue_bill_id || status === "Paid"),
});

export const agentFunctions = [
  setDataUsage,
  suspendLineForOverdueBill,
  setBillToPaid,
  applyOneTimeCharge,
  getAvailablePlanIds,
  assertDataRefuelingAmount,
  assertLineStatus,
  assertOverdueBillExists,
  assertNoOverdueBill,
];
