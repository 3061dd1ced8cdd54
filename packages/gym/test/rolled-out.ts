import { createExportedRun, type ExportedRun } from "../src/export/exported-run.ts";
import {
  getEnv,
  goldPolicy,
  groupRollouts,
  noopPolicy,
  type AsyncTau2BenchEnv,
  type Policy,
  type Rollout,
  type Tau2BenchKeywords,
} from "../src/training/index.ts";

/** A run of rollouts, as exports take it. */
export interface RolledOut {
  env: AsyncTau2BenchEnv;
  run: ExportedRun;
  rollouts: readonly Rollout[];
}

/** Two airline tasks of a list, each as often as there are policies. */
export async function rolledOut(
  keywords: Tau2BenchKeywords = {},
  policies: readonly Policy[] = [goldPolicy(), noopPolicy()],
): Promise<RolledOut> {
  const env = getEnv("tau2bench", { data_dir: null, user: "scripted", num_train_tasks: 2, num_test_tasks: 2, ...keywords, is_async: true });
  const mixed: Policy = { name: "mixed", act: (turn) => policies[turn.state.generation_id]!.act(turn) };
  const { rollouts } = await groupRollouts({ env, policy: mixed, groupSize: policies.length });
  const run = createExportedRun(env, {
    agent: { implementation: "mixed", llm: null },
    user: { implementation: "scripted", llm: null },
    trials: policies.length,
    started: "2025-01-01T00:00:00",
  });
  return { env, run, rollouts };
}

/** The gold policy, with the same id for all its calls. */
export function sameIdPolicy(): Policy {
  const gold = goldPolicy();
  return {
    name: "same-id",
    async act(turn) {
      const reply = await gold.act(turn);
      if (reply === null || typeof reply === "string") return reply;
      return { ...reply, tool_calls: reply.tool_calls?.map((call) => ({ ...call, id: "call_1" })) ?? null };
    },
  };
}

/** An episode that an endpoint broke off. */
export function brokenOff(rollout: Rollout): Rollout {
  return {
    ...rollout,
    episode_steps: rollout.episode_steps.slice(0, 1),
    final_reward: null,
    simulation: null,
    error: { class: "infrastructure", role: "user", transient: true, message: "the endpoint went away" },
  };
}
