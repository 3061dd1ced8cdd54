import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerSecret } from "@tau2/domains/internal";
import { beforeAll, describe, expect, it } from "vitest";
import { writeParts } from "../src/export/json-lines.ts";
import { writeRolloutResults } from "../src/export/results.ts";
import { readSft, writeSft } from "../src/export/sft.ts";
import { createExportedRun } from "../src/export/exported-run.ts";
import { saveReplayBuffer, type ReplayRecord } from "../src/rollout/replay-buffer.ts";
import { ServerError } from "../src/server/core/server-error.ts";
import { toClientError } from "../src/server/rest/responses.ts";
import { getEnv } from "../src/training/index.ts";
import { rolledOut } from "./rolled-out.ts";
import { testServer } from "./server.ts";

const secret = "sk-of-the-gym-1";
const folder = () => mkdtemp(join(tmpdir(), "tau2-gym-secrets-"));
beforeAll(() => registerSecret(secret));

describe("secrets of the process do not leave through", () => {
  it("exports, which read back as they were written", async () => {
    const { run, rollouts } = await rolledOut();
    const said = JSON.parse(JSON.stringify(rollouts).replaceAll("Hello!", secret)) as typeof rollouts;
    const path = await folder();
    await writeSft(join(path, "sft.jsonl"), run, said, { minReward: 0 });
    expect(JSON.stringify(await readSft(join(path, "sft.jsonl"))).includes("[redacted]")).toBe(true);
    await writeRolloutResults(join(path, "results.json"), run, said);
    await writeParts(join(path, "parts"), [`{"key":"${secret}"}`]);
    for (const name of readdirSync(path)) expect(readFileSync(join(path, name), "utf8").includes(secret), name).toBe(false);
  });

  it("replay buffers", async () => {
    const path = await folder();
    await saveReplayBuffer({ buffer: [{ state: [{ role: "user", content: secret }] } as unknown as ReplayRecord] }, join(path, "buffer"));
    for (const name of readdirSync(join(path, "buffer"))) {
      expect(readFileSync(join(path, "buffer", name), "utf8")).toContain("[redacted]");
    }
  });

  it("errors of the server", () => {
    const response = toClientError(new ServerError("upstream_failed", `the key ${secret}`, { detail: [secret] }));
    expect(response?.body.error).toMatchObject({ message: "the key [redacted]", detail: ["[redacted]"] });
  });

  it("stored sessions, which only the user of the process can read", async () => {
    const state = await folder();
    await using t = await testServer({ state });
    await t.post("/v1/sessions", { domain: "chores", metadata: { note: secret } });
    const files = readdirSync(state)
      .filter((name) => name.endsWith(".session.json"))
      .map((name) => join(state, name));
    expect(files).toHaveLength(1);
    expect(readFileSync(files[0]!, "utf8")).toContain("[redacted]");
    if (process.platform !== "win32") expect(statSync(files[0]!).mode & 0o777).toBe(0o600);
  });
});

describe("settings of an environment", () => {
  it.each([
    ["user_llm_args", { api_key: "k" }, "user_api_key"],
    ["judge_llm_args", { api_base: "http://127.0.0.1:1/v1" }, "judge_base_url"],
    ["user_llm_args", { extra_headers: { a: "b" } }, "openAiModel"],
  ])("%s with %j is refused, naming %s", (keyword, args, right) => {
    expect(() => getEnv("tau2bench", { domain: "mock", user: "scripted", [keyword]: args })).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringMatching(new RegExp(`${keyword}.*${right}`)) as string }),
    );
  });

  it("go into exports without keys and without queries", () => {
    const env = getEnv("tau2bench", { domain: "mock", user: "scripted" });
    const run = createExportedRun(env, {
      agent: { implementation: "policy", llm: "m", llmArgs: { api_key: "k1-of-agent" } },
      user: { implementation: "scripted", llm: null },
      baseUrl: "http://127.0.0.1:1/v1?sig=k2-of-query",
      samplingArgs: { extra_body: { token: "k3-of-sampling" } },
      envArgs: { user_api_key: "k4-of-user", user_base_url: "http://me:k5-of-url@127.0.0.1:1/v1" },
    });
    expect(JSON.stringify(run)).not.toMatch(/k\d-of/);
    expect(run).toMatchObject({ base_url: "http://127.0.0.1:1/v1?sig=[redacted]", env_args: { user_base_url: "http://127.0.0.1:1/v1" } });
  });
});
