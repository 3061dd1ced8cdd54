import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { serving } from "../../../scripts/lib/serving.mjs";
import { isPassed, formatReport } from "../report.ts";
import { parseCountOption } from "../parse-count-option.ts";
import { runSoak } from "./run-soak.ts";
import { startUserEndpoint } from "./user-endpoint.ts";

const { values } = parseArgs({
  options: {
    sessions: { type: "string", default: "200" },
    rounds: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
  },
});
const [sessions, rounds] = [parseCountOption("sessions", values.sessions), parseCountOption("rounds", values.rounds)];
const domains = ["mock", "airline", "retail", "telecom"];
const state = mkdtempSync(join(tmpdir(), "tau2-soak-"));
const limits = ["--request-timeout", "1", "--idle-timeout", "15", "--max-sessions", "5000", "--state-dir", state];
const gc = ["--expose-gc", "--import", fileURLToPath(new URL("../../gc-on-signal.mjs", import.meta.url))];

await using endpoint = await startUserEndpoint(values.seed, 0.2);
const user = ["--user-llm", "stand-in", "--user-base-url", endpoint.baseUrl];
const server = await serving(["--domains", domains.join(","), ...user, ...limits], process.env, gc);
try {
  const report = await runSoak({ server, endpoint, sessions, rounds, seed: values.seed, domains });
  process.stdout.write(`${formatReport(report)}\n`);
  process.exitCode = isPassed(report) ? 0 : 1;
} finally {
  await server.stop();
  rmSync(state, { recursive: true });
}
