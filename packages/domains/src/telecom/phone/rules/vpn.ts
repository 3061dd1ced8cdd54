import type { Json } from "../../../core/json/json.ts";
import type { Phone } from "../schema.ts";

const server = { server_address: "192.168.1.1", protocol: "OpenVPN" };

/**
 * Note that the phone's one VPN profile is damaged. The profile is kept outside of the database: in tau2-bench the whole process shares it,
 * here each environment has its own (docs/differences.md).
 */
const damaged = "vpn_profile_damaged";

/** Connects through the phone's VPN profile. */
export function connect(phone: Phone, notes: Record<string, Json>): void {
  phone.vpn_connected = true;
  phone.vpn_details = { ...server, server_performance: notes[damaged] === true ? "poor" : "excellent" };
}

/** Ends the connection. */
export function disconnect(phone: Phone): void {
  phone.vpn_connected = false;
  phone.vpn_details = null;
}

/** Makes the profile slow, for this connection and all later ones. */
export function damageProfile(phone: Phone, notes: Record<string, Json>): void {
  notes[damaged] = true;
  if (phone.vpn_connected && phone.vpn_details) phone.vpn_details.server_performance = "poor";
  else connect(phone, notes);
}
