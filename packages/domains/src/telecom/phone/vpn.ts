import { z } from "zod";
import type { Json } from "../../core/json/json.ts";
import { pyRepr } from "../../core/python.ts";
import { userTool, type Phone, type VpnDetails } from "./schema.ts";
import { appendStatusBar } from "./status-bar.ts";

const server = { server_address: "192.168.1.1", protocol: "OpenVPN" };

/**
 * Key of the note that the VPN profile is damaged.
 * Quirk of tau2-bench: the profile belongs to the process, not to the database (docs/spec/telecom.md#q2).
 * Here it belongs to the environment, so that episodes do not influence each other (docs/differences.md).
 */
const damaged = "vpn_profile_damaged";

/** Connects the phone through its VPN profile. */
function openVpnConnection(phone: Phone, notes: Record<string, Json>): void {
  phone.vpn_connected = true;
  phone.vpn_details = { ...server, server_performance: notes[damaged] === true ? "poor" : "excellent" };
}

/** Ends the VPN connection. */
export function closeVpnConnection(phone: Phone): void {
  phone.vpn_connected = false;
  phone.vpn_details = null;
}

/** Makes the VPN slow, for the current connection and all later ones. Connects the phone first if necessary. */
export function damageVpnProfile(phone: Phone, notes: Record<string, Json>): void {
  notes[damaged] = true;
  if (phone.vpn_connected && phone.vpn_details) phone.vpn_details.server_performance = "poor";
  else openVpnConnection(phone, notes);
}

/** Formats the details as Python prints the dictionary, with the performance as a member of an enumeration. */
function formatVpnDetails({ server_address, protocol, server_performance }: VpnDetails): string {
  const level = `<PerformanceLevel.${server_performance.toUpperCase()}: '${server_performance}'>`;
  return `{'server_address': ${pyRepr(server_address)}, 'protocol': ${pyRepr(protocol)}, 'server_performance': ${level}}`;
}

export const checkVpnStatus = userTool({
  name: "check_vpn_status",
  kind: "read",
  description: "Look up whether a VPN is connected, and through which server.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device } }) {
    if (device.vpn_connected && device.vpn_details) return `VPN is ON and connected. Details: ${formatVpnDetails(device.vpn_details)}`;
    if (device.vpn_connected) return "VPN is ON and connected (no specific details available).";
    return device.vpn_enabled_setting ? "VPN is turned ON in settings, but currently not connected." : "VPN is turned OFF.";
  },
});

export const connectVpn = userTool({
  name: "connect_vpn",
  kind: "write",
  description: "Connect to the VPN.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db: { device }, notes }) {
    if (device.vpn_connected) return "VPN already connected.";
    openVpnConnection(device, notes);
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
    closeVpnConnection(device);
    return appendStatusBar("VPN disconnected successfully.", device);
  },
});
