import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pythonWith } from "../../../scripts/lib/python.mjs";
import { serving } from "../../../scripts/lib/serving.mjs";
import { isPassed, formatReport } from "../report.ts";
import { parseCountOption } from "../parse-count-option.ts";
import { runFuzz } from "./run-fuzz.ts";
import { requirement } from "./run-schemathesis.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "120" },
    messages: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
  },
});

const [seconds, messages, seed] = (["seconds", "messages", "seed"] as const).map((name) => parseCountOption(name, values[name]));

const { python, missing } = await pythonWith([requirement], { text: requirement });
if (python === null) throw new Error(missing);
const folder = mkdtempSync(join(tmpdir(), "tau2-fuzz-"));
const token = "fuzz";
const server = await serving(["--domains", "mock,airline", "--token", token], process.env);
try {
  const report = await runFuzz({ server, token, python, folder, seed: seed!, seconds: seconds!, messages: messages! });
  process.stdout.write(`${formatReport(report)}\n`);
  process.exitCode = isPassed(report) ? 0 : 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
