import { z } from "zod";
import { lineParameters } from "../rules/line-parameters.ts";
import { lineOfCustomer } from "../rules/lookups.ts";
import { tool } from "../schema/db.ts";

export const enableRoaming = tool({
  name: "enable_roaming",
  kind: "write",
  description: "Let a line be used abroad. The customer's phone has a roaming switch of its own.",
  parameters: z.strictObject(lineParameters),
  result: z.string(),
  run({ db }, { customer_id, line_id }) {
    const line = lineOfCustomer(db, customer_id, line_id);
    if (line.roaming_enabled) return "Roaming was already enabled";
    line.roaming_enabled = true;
    return "Roaming enabled successfully";
  },
});
