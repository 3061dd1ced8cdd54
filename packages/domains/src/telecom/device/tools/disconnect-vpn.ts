import { z } from "zod";
import { withStatusBar } from "../rules/status-bar.ts";
import { disconnect } from "../rules/vpn.ts";
import { userTool } from "../schema/db.ts";

export const disconnectVpn = userTool({
  name: "disconnect_vpn",
  kind: "write",
  description: "Disconnect from the VPN.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device } }) {
    if (!device.vpn_connected) return withStatusBar("No active VPN connection to disconnect.", device);
    disconnect(device);
    return withStatusBar("VPN disconnected successfully.", device);
  },
});
