import { z } from "zod";
import { getUser } from "../rules/lookups.ts";
import { tool, user } from "../schema/db.ts";
export const getUserDetails = tool({
  name: "get_user_details",
  kind: "read",
  description: "Look up a customer's profile: membership, payment methods, saved passengers, reservation ids.",
  parameters: z.strictObject({ user_id: z.string().describe("The customer, such as ana_ruiz_1234.") }),
  result: user,
  run: ({ db }, { user_id }) => getUser(db, user_id),
});
