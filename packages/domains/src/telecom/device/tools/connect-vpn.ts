import { z } from "zod";
import { withStatusBar } from "../rules/status-bar.ts";
import { connect } from "../rules/vpn.ts";
import { userTool } from "../schema/db.ts";

export const connectVpn = userTool({
  name: "connect_vpn",
  kind: "write",
  description: "Connect to the VPN.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device }, notes }) {
    if (device.vpn_connected) return "VPN already connected.";
    connect(device, notes);
    return withStatusBar("VPN connected successfully.", device);
  },
});
