import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { tool } from "../schema.ts";

export const findUserIdByNameZip = tool({
  name: "find_user_id_by_name_zip",
  kind: "read",
  description: "Find a customer's id by name and zip code, for those who do not know their e-mail address.",
  parameters: z.strictObject({
    first_name: z.string().describe("First name, in any case."),
    last_name: z.string().describe("Last name, in any case."),
    zip: z.string().describe("Zip code of the customer's address, such as 12345."),
  }),
  result: z.string(),
  run({ db }, { first_name, last_name, zip }) {
    const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
    const found = Object.values(db.users).find(
      ({ name, address }) => same(name.first_name, first_name) && same(name.last_name, last_name) && address.zip === zip,
    );
    if (!found) throw new ToolError("User not found");
    return found.user_id;
  },
});

export const findUserIdByEmail = tool({
  name: "find_user_id_by_email",
  kind: "read",
  description: "Find a customer's id by e-mail address.",
  parameters: z.strictObject({ email: z.string().describe("The address, in any case.") }),
  result: z.string(),
  run({ db }, { email }) {
    const found = Object.values(db.users).find((user) => user.email.toLowerCase() === email.toLowerCase());
    if (!found) throw new ToolError("User not found");
    return found.user_id;
  },
});
