import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { deskSetup } from "../../test/desk.ts";
import { getGitCommit, createRunInfo, createRunName } from "./run-info.ts";

test("run info names agent, user, limits and policy", () => {
  const info = createRunInfo({
    environment: deskSetup({ solo: true }),
    agent: { implementation: "llm_agent", llm: "m", llmArgs: { temperature: 0 } },
    user: { implementation: "scripted", llm: null, guidelines: "Be a customer." },
    trials: 2,
    seed: 300,
  });
  expect(info).toEqual({
    git_commit: "unknown",
    num_trials: 2,
    max_steps: 200,
    max_errors: 10,
    user_info: { implementation: "scripted", llm: null, llm_args: null, global_simulation_guidelines: "Be a customer." },
    agent_info: { implementation: "llm_agent", llm: "m", llm_args: { temperature: 0 } },
    environment_info: { domain_name: "desk", policy: "Be kind to lamps, alone." },
    seed: 300,
  });
});

test("the commit is unknown outside of a repository", async () => {
  expect(await getGitCommit(tmpdir())).toBe("unknown");
  expect(await getGitCommit(fileURLToPath(new URL("no-such-folder", import.meta.url)))).toBe("unknown");
});

const started = new Date(2025, 0, 31, 10, 30, 5, 250);

test("a run name has time, domain, agent and user", () => {
  const agent = { implementation: "llm_agent", llm: "openai/gpt-4.1" };
  const user = { implementation: "user_simulator", llm: "models/tiny/" };
  expect(createRunName("airline", agent, user, started)).toBe("20250131_103005_airline_llm_agent_gpt-4.1_user_simulator_tiny");
});

test("a run name omits missing models", () => {
  const name = createRunName("mock", { implementation: "gold", llm: null }, { implementation: "scripted", llm: null }, started);
  expect(name).toBe("20250131_103005_mock_gold_scripted");
});
