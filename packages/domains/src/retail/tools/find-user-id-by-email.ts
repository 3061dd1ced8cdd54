import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { tool } from "../schema/db.ts";

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
