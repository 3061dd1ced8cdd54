import type { AgentEnv, AgentEnvOptions } from "../env/agent-env.ts";
import type { ResetOptions } from "../env/learner-env.ts";
import type { UserEnv, UserEnvOptions } from "../env/user-env.ts";
import type { Side } from "../episode/frame.ts";

/**
 * What becomes of an episode that is over, as in Gymnasium's vector environments.
 * - `disabled` (default): nothing; `resetMany` begins the next one. Right for rollouts with language models.
 * - `next_step`: the next step begins the next episode; its action is not looked at.
 * - `same_step`: the step that ends an episode begins the next one too; how it ended stands in `final`.
 */
export type Autoreset = (typeof autoresets)[number];

/** All there are. */
export const autoresets = ["disabled", "next_step", "same_step"] as const;

/** What one episode is: its task, where it is not the environment's own, and its seed. */
export type EpisodeChoice = Pick<ResetOptions, "seed" | "options">;

/** Options that concern all episodes of a `VectorEnv` together. */
export interface ManyOptions {
  /** How many episodes there are at a time. */
  count: number;
  autoreset?: Autoreset | undefined;
  /** What is played: by the n-th episode (from 0) of the environment at an index. By default the task of the options, without a seed. */
  episode?: ((index: number, n: number) => EpisodeChoice) | undefined;
  /** How many of the episodes may ask the other side at the same time; the others wait their turn. By default 256; null for no limit. */
  maxConcurrency?: number | null | undefined;
}

/** Options of a `VectorEnv`: those of its environments, and those of all together. */
export type VectorEnvOptions<S extends Side = "agent"> = ManyOptions & {
  /** Whom the learner plays. By default the agent. */
  learner?: S | undefined;
} & (S extends "user" ? UserEnvOptions : AgentEnvOptions);

/** The environment in which one of the episodes is played. */
export type EnvOf<S extends Side> = S extends "user" ? UserEnv : AgentEnv;
