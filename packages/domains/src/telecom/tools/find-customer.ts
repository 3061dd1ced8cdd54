import { z } from "zod";
import { getCustomerWithPhone, getCustomer } from "../rules.ts";
import { customer, tool } from "../schema.ts";

export const getCustomerByPhone = tool({
  name: "get_customer_by_phone",
  kind: "read",
  description: "Find a customer by a phone number: that of one of the lines, or the one to reach the customer at.",
  parameters: z.strictObject({ phone_number: z.string().describe("Such as 555-123-4567.") }),
  result: customer,
  run: ({ db }, { phone_number }) => getCustomerWithPhone(db, phone_number),
});

export const getCustomerById = tool({
  name: "get_customer_by_id",
  kind: "read",
  description: "Look up a customer by customer id.",
  parameters: z.strictObject({ customer_id: z.string().describe("Such as C1001.") }),
  result: customer,
  run: ({ db }, { customer_id }) => getCustomer(db, customer_id),
});

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
