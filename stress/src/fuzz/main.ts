import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pythonWith } from "../../../scripts/lib/python.mjs";
import { serving } from "../../../scripts/lib/serving.mjs";
import { holds, reportText } from "../claims.ts";
import { countOption } from "../count-option.ts";
import { fuzz } from "./fuzz.ts";
import { requirement } from "./schemathesis.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "120" },
    messages: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
  },
});

const [seconds, messages, seed] = (["seconds", "messages", "seed"] as const).map((name) => countOption(name, values[name]));

const { python, missing } = await pythonWith([requirement], { text: requirement });
if (python === null) throw new Error(missing);
const folder = mkdtempSync(join(tmpdir(), "tau2-fuzz-"));
const token = "fuzz";
const server = await serving(["--domains", "mock,airline", "--token", token], process.env);
try {
  const report = await fuzz({ server, token, python, folder, seed: seed!, seconds: seconds!, messages: messages! });
  process.stdout.write(`${reportText(report)}\n`);
  process.exitCode = holds(report) ? 0 : 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
