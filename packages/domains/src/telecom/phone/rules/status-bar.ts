import type { Signal, Phone } from "../schema.ts";
const signalIcon: Record<Signal, string> = {
  none: "📵 No Signal",
  poor: "📶¹ Poor",
  fair: "📶² Fair",
  good: "📶³ Good",
  excellent: "📶⁴ Excellent",
};

/** Formats the top line of the phone's screen, with its label. */
export function formatStatusBar(phone: Phone): string {
  const parts = [...(phone.airplane_mode ? ["✈️ Airplane Mode"] : cellular(phone))];
  if (phone.wifi_enabled && phone.wifi_connected) parts.push(phone.wifi_ssid ? `📡 Connected to ${phone.wifi_ssid}` : "📡 Enabled");
  if (phone.vpn_connected) parts.push("🔒 VPN Connected");
  parts.push(`🔋 ${phone.battery_level}%`);
  return `Status Bar: ${parts.join(" | ")}`;
}

function cellular({ network_signal_strength, network_technology_connected, data_enabled, data_saver_mode }: Phone): string[] {
  const connected = network_technology_connected !== "none";
  const parts = [signalIcon[network_signal_strength]];
  if (connected) parts.push(network_technology_connected);
  // Without a technology data counts as disabled, whatever its switch says.
  if (!connected || !data_enabled) return [...parts, "📵 Data Disabled"];
  return [...parts, "📱 Data Enabled", ...(data_saver_mode ? ["🔽 Data Saver"] : [])];
}

/** A tool's answer with the status bar after it. */
export function appendStatusBar(text: string, phone: Phone): string {
  return `${text}\n${formatStatusBar(phone)}`;
}
