import { z } from "zod";
import { addressParameters, getUser } from "../rules/lookups.ts";
import { tool, user } from "../schema/db.ts";
export const modifyUserAddress = tool({
  name: "modify_user_address",
  kind: "write",
  description: "Change a customer's own address. Orders that were placed before keep theirs.",
  parameters: z.strictObject({ user_id: z.string().describe("The customer, such as ana_ruiz_1234."), ...addressParameters }),
  result: user,
  run({ db }, { user_id, ...address }) {
    const moved = getUser(db, user_id);
    moved.address = address;
    return moved;
  },
});
