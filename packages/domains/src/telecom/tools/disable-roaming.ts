import { z } from "zod";
import { lineParameters } from "../rules/line-parameters.ts";
import { lineOfCustomer } from "../rules/lookups.ts";
import { tool } from "../schema/db.ts";

export const disableRoaming = tool({
  name: "disable_roaming",
  kind: "write",
  description: "Stop a line from being used abroad. The customer's phone has a roaming switch of its own.",
  parameters: z.strictObject(lineParameters),
  result: z.string(),
  run({ db }, { customer_id, line_id }) {
    const line = lineOfCustomer(db, customer_id, line_id);
    if (!line.roaming_enabled) return "Roaming was already disabled";
    line.roaming_enabled = false;
    return "Roaming disabled successfully";
  },
});
