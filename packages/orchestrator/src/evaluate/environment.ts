import {
  checkAssertion,
  type EnvironmentAssertion,
  type EnvironmentConfig,
  type EnvironmentState,
  createInitialState,
  type Message,
  type Task,
} from "@tau2/domains";
import { type ExpectedState, computeExpectedState, sameState } from "./gold-end.ts";
import type { Part } from "./part.ts";

/** The environment's part, with the two ends that it compared; null where there was nothing to compare. */
export interface EnvironmentPart extends Part {
  ends: { predicted: EnvironmentState; gold: ExpectedState } | null;
}

/**
 * Where the conversation led, against where the solution leads; and the task's assertions about the end (spec core 7.3).
 * @throws Tau2Error `replay_mismatch` or `protocol` when the trajectory cannot be replayed.
 */
export function evaluateEnvironment(setup: EnvironmentConfig, task: Task, messages: readonly Message[], strict: boolean): EnvironmentPart {
  const { actions, env_assertions, reward_basis } = task.evaluation_criteria!;
  if (!actions && !env_assertions) {
    const checks = { db_check: { db_match: true, db_reward: 1 }, env_assertions: null };
    return { reward: 1, breakdown: null, note: "No expected actions or env assertions", checks, ends: null };
  }
  const predicted = createInitialState(setup, { ...task.initial_state, message_history: [...messages] }, { strict });
  const gold = computeExpectedState(setup, task);
  const match = sameState(setup, predicted, gold.state);
  const db_check = { db_match: match, db_reward: match ? 1 : 0 };
  const assertions = checkAll(setup, predicted, env_assertions ?? []);
  const breakdown: NonNullable<Part["breakdown"]> = {};
  if (reward_basis.includes("DB")) breakdown.DB = db_check.db_reward;
  if (reward_basis.includes("ENV_ASSERTION")) breakdown.ENV_ASSERTION = assertions.every(({ met }) => met) ? 1 : 0;
  const reward = (breakdown.DB ?? 1) * (breakdown.ENV_ASSERTION ?? 1);
  return { reward, breakdown, note: null, checks: { db_check, env_assertions: assertions }, ends: { predicted, gold } };
}

function checkAll(setup: EnvironmentConfig, end: EnvironmentState, assertions: readonly EnvironmentAssertion[]) {
  let state = end;
  return assertions.map((assertion) => {
    const outcome = checkAssertion(setup, state, assertion);
    state = outcome.state;
    return { env_assertion: assertion, met: outcome.met, reward: outcome.met ? 1 : 0 };
  });
}
