import { z } from "zod";
import { tool, userRecord } from "../schema/db.ts";
export const getUsers = tool({
  name: "get_users",
  kind: "read",
  description: "List every user with the ids of their to-dos.",
  parameters: z.strictObject({}),
  result: z.array(userRecord),
  run: ({ db }) => Object.values(db.users),
});
