import { z } from "zod";
import { pyFixed2 } from "../../../core/python.ts";
import { internetSpeed, type SpeedDescription } from "../rules/mobile-data.ts";
import { userTool } from "../schema/db.ts";

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
    const { speed, description } = internetSpeed(db);
    if (speed === null || description === "No Connection") return "Speed test failed: No Connection.";
    return `Speed Test Result: ${pyFixed2(speed)} Mbps (${description}). ${advice[description]}`;
  },
});
