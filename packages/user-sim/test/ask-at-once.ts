import { isModelError, openAiModel } from "@tau2/user-sim";

// Sends many concurrent requests, and prints how they failed and how much memory that took.
const [baseUrl = "", count = "1"] = process.argv.slice(2);
let peak = 0;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
const model = openAiModel({ model: "m", baseUrl });
const failures = await Promise.all(
  Array.from({ length: Number(count) }, async () => {
    try {
      await model.complete({ messages: [{ role: "user", content: "Hi" }] });
      return "no failure";
    } catch (thrown) {
      return isModelError(thrown) ? thrown.fault : String(thrown);
    }
  }),
);
clearInterval(watch);
process.stdout.write(JSON.stringify({ failures: [...new Set(failures)], count: failures.length, peakMegabytes: Math.round(peak / 1e6) }));
