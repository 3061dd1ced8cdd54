import { z } from "zod";
import { customerById } from "../rules/lookups.ts";
import { customer, tool } from "../schema/db.ts";
export const getCustomerById = tool({
  name: "get_customer_by_id",
  kind: "read",
  description: "Look up a customer by customer id.",
  parameters: z.strictObject({ customer_id: z.string().describe("Such as C1001.") }),
  result: customer,
  run: ({ db }, { customer_id }) => customerById(db, customer_id),
});
