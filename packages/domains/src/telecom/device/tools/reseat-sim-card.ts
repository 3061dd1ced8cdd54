import { z } from "zod";
import { searchNetwork } from "../rules/network-search.ts";
import { withStatusBar } from "../rules/status-bar.ts";
import { userTool } from "../schema/db.ts";

export const reseatSimCard = userTool({
  name: "reseat_sim_card",
  kind: "write",
  description: "Take the SIM card out and put it back in. It does not unlock a locked card.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    db.device.sim_card_missing = false;
    searchNetwork(db);
    return withStatusBar("SIM card re-seated successfully.", db.device);
  },
});
