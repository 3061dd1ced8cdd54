import { z } from "zod";
import { pyFixed2, pyRound2 } from "../../core/python.ts";
import { searchNetwork } from "./network.ts";
import { userTool, type Signal, type Technology, type TelecomUserDb } from "./schema.ts";
import { appendStatusBar, formatOnOff } from "./status-bar.ts";

/** Returns true if mobile data works (docs/spec/telecom-user.md#u2). */
export function doesMobileDataWork({ device, surroundings }: TelecomUserDb): boolean {
  if (device.airplane_mode || device.network_signal_strength === "none" || device.network_connection_status === "no_service") return false;
  if (surroundings.is_abroad && !(device.roaming_enabled && surroundings.roaming_allowed)) return false;
  return device.data_enabled && !surroundings.mobile_data_usage_exceeded;
}

/** Lowest and highest speed in megabits per second. */
const speedRange: Record<Technology, [number, number]> = { none: [0, 0], "2G": [0.1, 0.4], "3G": [1, 5], "4G": [10, 100], "5G": [50, 500] };
const signalFactor: Record<Signal, number> = { none: 0, poor: 0.2, fair: 0.5, good: 0.8, excellent: 1 };

/** Rating of a speed. */
type SpeedDescription = "No Connection" | "Very Poor" | "Poor" | "Fair" | "Good" | "Excellent";

/** Measures mobile data: the speed in megabits per second (`null` without a connection) and its rating (docs/spec/telecom-user.md#u2). */
export function measureInternetSpeed(db: TelecomUserDb): { speed: number | null; description: SpeedDescription } {
  if (!doesMobileDataWork(db)) return { speed: null, description: "No Connection" };
  const { device } = db;
  const hasSlowVpn = device.vpn_connected && device.vpn_details?.server_performance === "poor";
  let factor = hasSlowVpn ? 0.1 : 1;
  if (device.data_saver_mode) factor *= 0.2;
  const [lowest, highest] = speedRange[device.network_technology_connected];
  const speed = pyRound2(((lowest + highest) / 2) * signalFactor[device.network_signal_strength] * factor);
  return { speed, description: rateSpeed(speed) };
}

function rateSpeed(speed: number): SpeedDescription {
  if (speed < 1) return "Very Poor";
  if (speed < 5) return "Poor";
  if (speed < 25) return "Fair";
  return speed < 100 ? "Good" : "Excellent";
}

/** Toggles mobile data and returns its new position. */
export function switchMobileData(db: TelecomUserDb): boolean {
  db.device.data_enabled = !db.device.data_enabled;
  searchNetwork(db);
  return db.device.data_enabled;
}

/** Toggles data roaming and returns its new position. */
export function switchRoaming(db: TelecomUserDb): boolean {
  db.device.roaming_enabled = !db.device.roaming_enabled;
  searchNetwork(db);
  return db.device.roaming_enabled;
}

/** Toggles the data saver and returns its new position. Unlike the other switches, it does not trigger a network search. */
export function switchDataSaver({ device }: TelecomUserDb): boolean {
  device.data_saver_mode = !device.data_saver_mode;
  return device.data_saver_mode;
}

const advice: Record<Exclude<SpeedDescription, "No Connection">, string> = {
  "Very Poor": "Connection is very slow. Basic web browsing might be difficult.",
  Poor: "Connection is slow. Web browsing may be sluggish, streaming difficult.",
  Fair: "Connection is okay for web browsing and some standard definition streaming.",
  Good: "Connection is good for most activities, including HD streaming.",
  Excellent: "Connection is very fast.",
};

export const runSpeedTest = userTool({
  name: "run_speed_test",
  kind: "read",
  description: "Measure how fast mobile data is.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const { speed, description } = measureInternetSpeed(db);
    if (speed === null || description === "No Connection") return "Speed test failed: No Connection.";
    return `Speed Test Result: ${pyFixed2(speed)} Mbps (${description}). ${advice[description]}`;
  },
});

export const toggleData = userTool({
  name: "toggle_data",
  kind: "write",
  description: "Switch mobile data on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = switchMobileData(db);
    return appendStatusBar(`Mobile Data is now ${formatOnOff(on)}.`, db.device);
  },
});

export const toggleRoaming = userTool({
  name: "toggle_roaming",
  kind: "write",
  description: "Switch the use of mobile data abroad on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = switchRoaming(db);
    return appendStatusBar(`Data Roaming is now ${formatOnOff(on)}.`, db.device);
  },
});

export const checkDataRestrictionStatus = userTool({
  name: "check_data_restriction_status",
  kind: "read",
  description: "Look up whether Data Saver limits the use of data.",
  parameters: z.strictObject({}),
  result: z.string(),
  run: ({ db }) => (db.device.data_saver_mode ? "Data Saver mode is ON (limits data usage)." : "Data Saver mode is OFF."),
});

export const toggleDataSaverMode = userTool({
  name: "toggle_data_saver_mode",
  kind: "write",
  description: "Switch the limit on data use, which slows the connection, on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = switchDataSaver(db);
    return appendStatusBar(`Data Saver Mode is now ${formatOnOff(on)}.`, db.device);
  },
});
