import { z } from "zod";
import { searchNetwork } from "../rules/network-search.ts";
import { withStatusBar } from "../rules/status-bar.ts";
import { userTool, networkMode } from "../schema/db.ts";
export const setNetworkModePreference = userTool({
  name: "set_network_mode_preference",
  kind: "write",
  description: "Set which networks the phone uses. It then looks for a network anew.",
  parameters: z.strictObject({
    mode: z.union([networkMode, z.string()]).describe("4g_5g_preferred (4G and 5G, the fastest), 4g_only, 3g_only or 2g_only."),
  }),
  result: z.string(),
  run({ db }, { mode }) {
    const known = networkMode.safeParse(mode);
    if (!known.success) {
      const options = networkMode.options.join(", ");
      return withStatusBar(`Failed to set network mode: '${mode}' is not a valid option. Please use one of: ${options}`, db.device);
    }
    db.device.network_mode_preference = known.data;
    searchNetwork(db);
    return withStatusBar(`Preferred Network Mode set to: ${known.data}`, db.device);
  },
});
