import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { deskSetup } from "../../test/desk.ts";
import { getGitCommit } from "./git-commit.ts";
import { createRunInfo } from "./run-info.ts";

test("a run's record names who played, under which limits and policy", () => {
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

test("outside of a repository the commit is unknown", async () => {
  expect(await getGitCommit(tmpdir())).toBe("unknown");
  expect(await getGitCommit(fileURLToPath(new URL("no-such-folder", import.meta.url)))).toBe("unknown");
});
