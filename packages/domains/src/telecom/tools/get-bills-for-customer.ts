import { z } from "zod";
import { billById, customerById } from "../rules/lookups.ts";
import { bill, tool } from "../schema/db.ts";
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
    const bills = customerById(db, customer_id).bill_ids.map((id) => billById(db, id));
    // A negative limit leaves out that many of the oldest, as a Python slice does.
    return bills.toSorted((a, b) => (a.issue_date < b.issue_date ? 1 : a.issue_date > b.issue_date ? -1 : 0)).slice(0, limit);
  },
});
