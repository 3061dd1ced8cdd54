import { dirname, join } from "node:path";
import { run } from "../../../scripts/lib/command.mjs";
import type { Target } from "./fuzz-messages.ts";

/** Pinned: another version finds other things. */
export const requirement = "schemathesis==4.32.5";

/** Its own report, and its findings. */
export interface SchemathesisRun {
  metrics: string;
  faults: string[];
}

/**
 * Not checked: that whatever fits the description is taken. A request may fit it and still name a task, a session or a place that is not there,
 * or one that was deleted, and is refused with the same statuses.
 */
const leftOut = "positive_data_acceptance";

/** Tests the OpenAPI document of a server: examples, the limits of every value, and chance, alone and in sequences. */
export async function runSchemathesis(
  python: string,
  { url, token }: Target,
  { seed, seconds, folder }: { seed: number; seconds: number; folder: string },
): Promise<SchemathesisRun> {
  const checks = ["--checks", "all", "--exclude-checks", leftOut, "--request-timeout", "10", "--continue-on-failure"];
  const amount = ["--max-examples", "100", "--max-time", String(seconds), "--seed", String(seed), "--workers", "1"];
  const quiet = ["--warnings", "off", "--no-color", "--generation-database", "none"];
  const command = ["run", `${url}/openapi.json`, "-H", `Authorization: Bearer ${token}`, ...checks, ...amount, ...quiet];
  const { ok, output } = await run(join(dirname(python), "schemathesis"), command, { cwd: folder });
  const [, cases = "no test cases"] = /Test cases:\n +(.*)/.exec(output) ?? [];
  const [, operations = "0"] = /Tested: +(\d+)/.exec(output) ?? [];
  return { metrics: `${operations} operations; test cases: ${cases}`, faults: ok ? [] : [output.trim()] };
}
