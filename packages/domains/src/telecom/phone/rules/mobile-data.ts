import { pyRound2 } from "../../../core/python.ts";
import type { TelecomUserDb, Signal, Technology } from "../schema.ts";

/** Returns true if mobile data works (docs/spec/telecom-user.md#u2). */
export function doesMobileDataWork({ device, surroundings }: TelecomUserDb): boolean {
  if (device.airplane_mode || device.network_signal_strength === "none" || device.network_connection_status === "no_service") return false;
  if (surroundings.is_abroad && !(device.roaming_enabled && surroundings.roaming_allowed)) return false;
  return device.data_enabled && !surroundings.mobile_data_usage_exceeded;
}

/** Megabits a second, least and most. */
const speedRange: Record<Technology, [number, number]> = { none: [0, 0], "2G": [0.1, 0.4], "3G": [1, 5], "4G": [10, 100], "5G": [50, 500] };
const signalFactor: Record<Signal, number> = { none: 0, poor: 0.2, fair: 0.5, good: 0.8, excellent: 1 };

/** Name of a speed. */
export type SpeedDescription = "No Connection" | "Very Poor" | "Poor" | "Fair" | "Good" | "Excellent";

/** Returns the result of a speed test: megabits a second (null without a connection) and a word for it. */
export function measureInternetSpeed(db: TelecomUserDb): { speed: number | null; description: SpeedDescription } {
  if (!doesMobileDataWork(db)) return { speed: null, description: "No Connection" };
  const { device } = db;
  const slowVpn = device.vpn_connected && device.vpn_details?.server_performance === "poor";
  let factor = slowVpn ? 0.1 : 1;
  if (device.data_saver_mode) factor *= 0.2;
  const [least, most] = speedRange[device.network_technology_connected];
  const speed = pyRound2(((least + most) / 2) * signalFactor[device.network_signal_strength] * factor);
  return { speed, description: describe(speed) };
}

function describe(speed: number): SpeedDescription {
  if (speed < 1) return "Very Poor";
  if (speed < 5) return "Poor";
  if (speed < 25) return "Fair";
  return speed < 100 ? "Good" : "Excellent";
}
