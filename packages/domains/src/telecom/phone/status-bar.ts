import { z } from "zod";
import { userTool, type Phone, type Signal } from "./schema.ts";

const signalIcon: Record<Signal, string> = {
  none: "📵 No Signal",
  poor: "📶¹ Poor",
  fair: "📶² Fair",
  good: "📶³ Good",
  excellent: "📶⁴ Excellent",
};

/** Formats the top line of the phone's screen, with its label (docs/spec/telecom-user.md#u2). */
function formatStatusBar(phone: Phone): string {
  const parts = phone.airplane_mode ? ["✈️ Airplane Mode"] : formatCellular(phone);
  if (phone.wifi_enabled && phone.wifi_connected) parts.push(phone.wifi_ssid ? `📡 Connected to ${phone.wifi_ssid}` : "📡 Enabled");
  if (phone.vpn_connected) parts.push("🔒 VPN Connected");
  parts.push(`🔋 ${phone.battery_level}%`);
  return `Status Bar: ${parts.join(" | ")}`;
}

function formatCellular({ network_signal_strength, network_technology_connected, data_enabled, data_saver_mode }: Phone): string[] {
  const connected = network_technology_connected !== "none";
  const parts = [signalIcon[network_signal_strength]];
  if (connected) parts.push(network_technology_connected);
  // Quirk of tau2-bench: without a network, data shows as disabled even when its switch is on (docs/spec/telecom-user.md#u2).
  if (!connected || !data_enabled) return [...parts, "📵 Data Disabled"];
  return [...parts, "📱 Data Enabled", ...(data_saver_mode ? ["🔽 Data Saver"] : [])];
}

/** Appends the status bar to a tool's answer, as most tools that change the phone do. */
export function appendStatusBar(text: string, phone: Phone): string {
  return `${text}\n${formatStatusBar(phone)}`;
}

/** Formats the position of a switch. */
export function formatOnOff(on: boolean): "ON" | "OFF" {
  return on ? "ON" : "OFF";
}

export const checkStatusBar = userTool({
  name: "check_status_bar",
  kind: "read",
  description: "Look at the top of the phone's screen: signal, network, data, Wi-Fi, VPN and battery.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => formatStatusBar(db.device),
});
