import { z } from "zod";
import { pyFixed2 } from "../../../core/python.ts";
import { measureInternetSpeed, type SpeedDescription } from "../rules/mobile-data.ts";
import { userTool } from "../schema.ts";
import { appendStatusBar } from "../rules/status-bar.ts";
import { formatOnOff, toggleMobileData, toggleDataSaver, toggleDataRoaming } from "../rules/switches.ts";

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
    const on = toggleMobileData(db);
    return appendStatusBar(`Mobile Data is now ${formatOnOff(on)}.`, db.device);
  },
});

export const toggleDataSaverMode = userTool({
  name: "toggle_data_saver_mode",
  kind: "write",
  description: "Switch the limit on data use, which slows the connection, on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = toggleDataSaver(db);
    return appendStatusBar(`Data Saver Mode is now ${formatOnOff(on)}.`, db.device);
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

export const toggleRoaming = userTool({
  name: "toggle_roaming",
  kind: "write",
  description: "Switch the use of mobile data abroad on or off.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const on = toggleDataRoaming(db);
    return appendStatusBar(`Data Roaming is now ${formatOnOff(on)}.`, db.device);
  },
});
