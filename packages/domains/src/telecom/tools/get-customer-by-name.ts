import { z } from "zod";
import { customer, tool } from "../schema/db.ts";
export const getCustomerByName = tool({
  name: "get_customer_by_name",
  kind: "read",
  description: "Find customers by full name and date of birth. The list is empty when nobody fits.",
  parameters: z.strictObject({
    full_name: z.string().describe("First and last name, in any case."),
    dob: z.string().describe("Date of birth, YYYY-MM-DD."),
  }),
  result: z.array(customer),
  run: ({ db }, { full_name, dob }) =>
    db.customers.filter((one) => one.full_name.toLowerCase() === full_name.toLowerCase() && one.date_of_birth === dob),
});
