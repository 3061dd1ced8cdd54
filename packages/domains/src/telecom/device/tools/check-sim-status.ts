import { z } from "zod";
import { simStatusOf } from "../rules/sim.ts";
import { userTool, type SimStatus } from "../schema/db.ts";
const texts: Record<SimStatus, string> = {
  active: "Your SIM card is active and working.",
  missing: "No SIM card detected in the phone.",
  locked_pin: "The SIM card is locked with a PIN code.",
  locked_puk: "The SIM card is locked with a PUK code.",
};

export const checkSimStatus = userTool({
  name: "check_sim_status",
  kind: "read",
  description: "Look up whether the SIM card is there and works.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => texts[simStatusOf(db.device)],
});
