import { z } from "zod";
import { lineParameters, getLineOfCustomer } from "../rules.ts";
import { tool } from "../schema.ts";

export const enableRoaming = tool({
  name: "enable_roaming",
  kind: "write",
  description: "Let a line be used abroad. The customer's phone has a roaming switch of its own.",
  parameters: z.strictObject(lineParameters),
  result: z.string(),
  run({ db }, { customer_id, line_id }) {
    const line = getLineOfCustomer(db, customer_id, line_id);
    if (line.roaming_enabled) return "Roaming was already enabled";
    line.roaming_enabled = true;
    return "Roaming enabled successfully";
  },
});

export const disableRoaming = tool({
  name: "disable_roaming",
  kind: "write",
  description: "Stop a line from being used abroad. The customer's phone has a roaming switch of its own.",
  parameters: z.strictObject(lineParameters),
  result: z.string(),
  run({ db }, { customer_id, line_id }) {
    const line = getLineOfCustomer(db, customer_id, line_id);
    if (!line.roaming_enabled) return "Roaming was already disabled";
    line.roaming_enabled = false;
    return "Roaming disabled successfully";
  },
});
