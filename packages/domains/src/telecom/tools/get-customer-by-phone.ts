import { z } from "zod";
import { customerByPhone } from "../rules/lookups.ts";
import { customer, tool } from "../schema/db.ts";
export const getCustomerByPhone = tool({
  name: "get_customer_by_phone",
  kind: "read",
  description: "Find a customer by a phone number: that of one of the lines, or the one to reach the customer at.",
  parameters: z.strictObject({ phone_number: z.string().describe("Such as 555-123-4567.") }),
  result: customer,
  run: ({ db }, { phone_number }) => customerByPhone(db, phone_number),
});
