import { z } from "zod";
import { getSimStatus, searchNetwork } from "./network.ts";
import { userTool, type SimStatus } from "./schema.ts";
import { appendStatusBar } from "./status-bar.ts";

const answers: Record<SimStatus, string> = {
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
  run: ({ db }) => answers[getSimStatus(db.device)],
});

export const reseatSimCard = userTool({
  name: "reseat_sim_card",
  kind: "write",
  description: "Take the SIM card out and put it back in. It does not unlock a locked card.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    db.device.sim_card_missing = false;
    searchNetwork(db);
    return appendStatusBar("SIM card re-seated successfully.", db.device);
  },
});
