import { mock } from "@tau2/domains/mock";
import type { UserSimulator } from "@tau2/user-sim";
import { expect, test } from "vitest";
import { chores } from "../../test/chores.ts";
import { onChores, written } from "../../test/training.ts";
import { groupRollouts } from "../rollout/group-rollouts.ts";
import { getEnv } from "../training/tau2bench-env.ts";
import { VectorEnv } from "../vector/vector-env.ts";

/** A user that takes a while to say that it has nothing more to say. */
const leaving: UserSimulator = {
  implementation: "leaving",
  model: null,
  async respond({ messages }) {
    await new Promise(setImmediate);
    return { role: "user", content: messages.length > 2 ? "###STOP###" : "Hello.", tool_calls: null };
  },
};

/** Returns the warnings of Node during some work. */
async function warningsOf(work: () => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  const note = ({ name }: Error) => names.push(name);
  process.on("warning", note);
  try {
    await work();
    // Warnings come a moment later.
    await new Promise(setImmediate);
  } finally {
    process.off("warning", note);
  }
  return names;
}

test("Node does not warn of a leak if many episodes share a signal", async () => {
  const { signal } = new AbortController();
  const envs = new VectorEnv({ count: 20, domain: mock, data: chores, taskId: "milk", user: leaving });
  const env = getEnv("tau2bench", { ...onChores, user: leaving, is_async: true });
  const policy = ({ signal: own }: { signal?: AbortSignal }) => {
    own?.addEventListener("abort", () => {});
    return written("respond_user", { text: "Bye." });
  };
  const warnings = await warningsOf(async () => {
    await envs.resetMany({ signal });
    await envs.stepMany(
      envs.envs.map(() => "Bye."),
      { signal },
    );
    await groupRollouts({ env, policy, numTasks: 1, groupSize: 20, concurrency: 20 });
  });
  expect(warnings).toEqual([]);
});
