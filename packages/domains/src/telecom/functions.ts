// Functions that initial states and assertions of tasks call; models cannot call them (docs/spec/telecom.md#s6).
import { z } from "zod";
import { ToolError } from "../core/errors.ts";
import { pyFloat, pyStr } from "../core/python.ts";
import {
  addCharge,
  dueLastMonth,
  lastMonth,
  today,
  lineParameters,
  getBill,
  getCustomer,
  getLine,
  getLineOfCustomer,
  getPlan,
} from "./rules.ts";
import { tool } from "./schema.ts";

const setDataUsage = tool({
  name: "set_data_usage",
  kind: "write",
  description: "Sets the data usage of a line.",
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
  description: "Creates an overdue bill for last month and suspends the line.",
  parameters: z.strictObject({ ...lineParameters, new_bill_id: z.string(), contract_ended: z.boolean() }),
  result: z.string(),
  run({ db }, { customer_id, line_id, new_bill_id: billId, contract_ended }) {
    const line = getLine(db, line_id);
    if (line.status !== "Active") throw new ToolError("Line must be active to suspend for unpaid bill");
    const amount = getPlan(db, line.plan_id).price_per_month;
    if (amount <= 0) throw new ToolError("Amount must be positive for overdue bill");
    const customer = getCustomer(db, customer_id);
    if (customer.bill_ids.some((id) => getBill(db, id).status === "Overdue")) {
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
    getBill(db, bill_id).status = "Paid";
    return `Bill ${bill_id} set to paid`;
  },
});

const applyOneTimeCharge = tool({
  name: "_apply_one_time_charge",
  kind: "write",
  description: "Adds a charge to the draft bill of a customer.",
  parameters: z.strictObject({ customer_id: z.string(), amount: z.number(), description: z.string() }),
  result: z.null(),
  run({ db, newId }, { customer_id, amount, description }) {
    addCharge(db, newId, customer_id, amount, description);
    return null;
  },
});

const getAvailablePlanIds = tool({
  name: "get_available_plan_ids",
  kind: "read",
  description: "Lists the ids of the plans.",
  parameters: z.strictObject({}),
  result: z.array(z.string()),
  run: ({ db }) => db.plans.map(({ plan_id }) => plan_id),
});

const assertDataRefuelingAmount = tool({
  name: "assert_data_refueling_amount",
  kind: "read",
  description: "Checks how much data was bought for a line.",
  parameters: z.strictObject({ ...lineParameters, expected_amount: z.number() }),
  result: z.boolean(),
  run: ({ db }, { customer_id, line_id, expected_amount }) =>
    Math.abs(getLineOfCustomer(db, customer_id, line_id).data_refueling_gb - expected_amount) < 1e-6,
});

const assertLineStatus = tool({
  name: "assert_line_status",
  kind: "read",
  description: "Checks the status of a line.",
  parameters: z.strictObject({ ...lineParameters, expected_status: z.string() }),
  result: z.boolean(),
  run: ({ db }, { customer_id, line_id, expected_status }) => getLineOfCustomer(db, customer_id, line_id).status === expected_status,
});

const assertOverdueBillExists = tool({
  name: "assert_overdue_bill_exists",
  kind: "read",
  description: "Checks that a customer has an overdue bill of an id. Fails with an error if not.",
  parameters: z.strictObject({ customer_id: z.string(), overdue_bill_id: z.string() }),
  result: z.boolean(),
  run({ db }, { customer_id, overdue_bill_id }) {
    if (!getCustomer(db, customer_id).bill_ids.includes(overdue_bill_id)) throw new ToolError(`Overdue bill ${overdue_bill_id} not found`);
    if (getBill(db, overdue_bill_id).status !== "Overdue") throw new ToolError(`Overdue bill ${overdue_bill_id} is not overdue`);
    return true;
  },
});

const assertNoOverdueBill = tool({
  name: "assert_no_overdue_bill",
  kind: "read",
  description: "Checks that a bill is paid or does not exist.",
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
