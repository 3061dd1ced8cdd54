import { isParticipantMessage } from "@tau2/domains/internal";
import type { EnvironmentConfig, Message, Task } from "@tau2/domains";
import { sideOf, unknownSides, type Side } from "./sides.ts";

/** A record's reward info, or ours. */
export type RewardRecord = Record<string, unknown>;

/**
 * The sides that a record cannot tell us, as far as they have a part in an evaluation: a call of theirs in the conversation or the
 * solution, or an assertion on them. Empty where the evaluation stays clear of them.
 */
export function unknownSidesAtWork(setup: EnvironmentConfig, task: Task, messages: readonly Message[]): ReadonlySet<Side> {
  const unknown = unknownSides(setup, task.initial_state);
  if (unknown.size === 0) return unknown;
  const { actions, env_assertions } = task.evaluation_criteria ?? {};
  const calls = [...messages.flatMap((message) => (isParticipantMessage(message) ? (message.tool_calls ?? []) : [])), ...(actions ?? [])];
  const asserted = (env_assertions ?? []).some(({ env_type }) => unknown.has(env_type === "user" ? "user" : "agent"));
  const called = calls.some((call) => unknown.has(sideOf(setup, call) as Side));
  return asserted || called ? unknown : new Set();
}

/** A reward info without what follows from a side that the record cannot tell us. */
export function withoutEnvironment(info: RewardRecord): RewardRecord {
  const { DB: _db, ENV_ASSERTION: _assertions, ...breakdown } = (info["reward_breakdown"] ?? {}) as Record<string, unknown>;
  const { reward: _reward, db_check: _check, env_assertions: _checks, ...rest } = info;
  return { ...rest, reward_breakdown: breakdown };
}
