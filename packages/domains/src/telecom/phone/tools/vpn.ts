import { z } from "zod";
import { pyRepr } from "../../../core/python.ts";
import { userTool, type VpnDetails } from "../schema.ts";
import { appendStatusBar } from "../rules/status-bar.ts";
import { connect, disconnect } from "../rules/vpn.ts";

export const checkVpnStatus = userTool({
  name: "check_vpn_status",
  kind: "read",
  description: "Look up whether a VPN is connected, and through which server.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device } }) {
    if (device.vpn_connected && device.vpn_details) return `VPN is ON and connected. Details: ${detailsText(device.vpn_details)}`;
    if (device.vpn_connected) return "VPN is ON and connected (no specific details available).";
    return device.vpn_enabled_setting ? "VPN is turned ON in settings, but currently not connected." : "VPN is turned OFF.";
  },
});

// tau2-bench shows the details as Python prints them, the level as a member of an enumeration.
function detailsText({ server_address, protocol, server_performance }: VpnDetails): string {
  const level = `<PerformanceLevel.${server_performance.toUpperCase()}: '${server_performance}'>`;
  return `{'server_address': ${pyRepr(server_address)}, 'protocol': ${pyRepr(protocol)}, 'server_performance': ${level}}`;
}

export const connectVpn = userTool({
  name: "connect_vpn",
  kind: "write",
  description: "Connect to the VPN.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device }, notes }) {
    if (device.vpn_connected) return "VPN already connected.";
    connect(device, notes);
    return appendStatusBar("VPN connected successfully.", device);
  },
});

export const disconnectVpn = userTool({
  name: "disconnect_vpn",
  kind: "write",
  description: "Disconnect from the VPN.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device } }) {
    if (!device.vpn_connected) return appendStatusBar("No active VPN connection to disconnect.", device);
    disconnect(device);
    return appendStatusBar("VPN disconnected successfully.", device);
  },
});
