import { isTau2Error, Tau2Error } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import type { Action } from "../action/action.ts";
import { AgentEnv, type AgentEnvOptions } from "../env/agent-env.ts";
import type { ResetOptions, StepOptions } from "../env/base-env.ts";
import {
  getEpisodeStatus,
  type EpisodeInfo,
  type ResetResult,
  type StepResult,
  type AgentInfo,
  type UserInfo,
} from "../env/step-result.ts";
import { UserEnv, type UserEnvOptions } from "../env/user-env.ts";
import type { Side } from "../episode/episode-context.ts";
import type { Episode } from "../episode/episode.ts";
import { limitConcurrency } from "./limit-concurrency.ts";

/** Yields values in the order in which their promises resolve. The promises must not reject. */
export async function* asCompleted<T>(promises: readonly Promise<T>[]): AsyncGenerator<T, void, undefined> {
  const ready: T[] = [];
  let wake = () => {};
  for (const promise of promises) {
    void promise.then((value) => {
      ready.push(value);
      wake();
    });
  }
  for (let given = 0; given < promises.length; given++) {
    if (ready.length === given) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    yield ready[given]!;
  }
}

/**
 * Handling of an episode that is over, as in Gymnasium's vector environments.
 * - `disabled` (default): `resetMany` starts the next episode. Suits rollouts with language models.
 * - `next_step`: the next step starts the next episode and ignores its action.
 * - `same_step`: the step that ends an episode also starts the next one; `final` holds the last result.
 */
export type Autoreset = (typeof autoresets)[number];

/** All values of `Autoreset`. */
export const autoresets = ["disabled", "next_step", "same_step"] as const;

/** Task and seed of one episode. Default: the environment's task, without a seed. */
export type EpisodeChoice = Pick<ResetOptions, "seed" | "options">;

/** Options for all episodes of a `VectorEnv` together. */
export interface ManyOptions {
  /** Number of parallel episodes. */
  count: number;
  autoreset?: Autoreset | undefined;
  /** Returns the n-th episode (from 0) of the environment at an index. Default: the task of the options, without a seed. */
  episode?: ((index: number, n: number) => EpisodeChoice) | undefined;
  /** Number of episodes that may call the counterpart at the same time; the others wait. Default: 256; null disables the limit. */
  maxConcurrency?: number | null | undefined;
}

/** Options of a `VectorEnv`: those of its environments, and those of all together. */
export type VectorEnvOptions<S extends Side = "agent"> = ManyOptions & {
  /** Role of the learner. Default: the agent. */
  learner?: S | undefined;
} & (S extends "user" ? UserEnvOptions : AgentEnvOptions);

/** Class of the environments for a role of the learner. */
export type EnvOf<S extends Side> = S extends "user" ? UserEnv : AgentEnv;

/** Result of one of several episodes, or the error that prevented it. An error of one episode does not affect the others. */
export type VectorOutcome<Result> =
  | { readonly index: number; readonly result: Result; readonly error: null }
  | { readonly index: number; readonly result: null; readonly error: Tau2Error };

/** Returns the outcome of work for an episode. Never rejects. */
async function toVectorOutcome<Result>(index: number, work: () => Promise<Result>): Promise<VectorOutcome<Result>> {
  try {
    return { index, result: await work(), error: null };
  } catch (thrown) {
    return {
      index,
      result: null,
      error: isTau2Error(thrown) ? thrown : new Tau2Error("failed", getErrorMessage(thrown), { cause: thrown }),
    };
  }
}

/** Converts a reset into a step result: the episode can be over after a reset. */
function toFirstStep<Info extends EpisodeInfo>(reset: ResetResult<Info>, episode: Episode): StepResult<Info> {
  return { ...reset, ...getEpisodeStatus(episode) };
}

/** `info` for a role of the learner. */
type InfoOf<S extends Side> = S extends "user" ? UserInfo : AgentInfo;

/** Common part of both environments. */
interface PlayableEnv<Info extends EpisodeInfo> {
  readonly done: boolean;
  reset(options: ResetOptions): Promise<ResetResult<Info>>;
  step(action: Action, options: StepOptions): Promise<StepResult<Info>>;
  snapshot(): Episode;
  restore(snapshot: Episode): void;
}

/** Result of a step of a `VectorEnv`. */
export interface VectorStep<S extends Side = "agent"> extends StepResult<InfoOf<S>> {
  /**
   * Last result of the episode that has ended, with autoreset `same_step`. Observation, messages and info are those of the next episode.
   */
  final?: ResetResult<InfoOf<S>>;
}

/** Actions by the index of their episode: a list, with null for episodes to skip, or a map. */
export type VectorActions = readonly (Action | null | undefined)[] | ReadonlyMap<number, Action>;

/** Options of `resetMany`. */
export interface ResetManyOptions {
  /** Indexes of the episodes to reset. Default: all. */
  only?: Iterable<number> | undefined;
  /** Returns the episode at an index, in place of `episode` of the constructor. */
  episode?: ((index: number) => EpisodeChoice) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Many episodes in parallel. They are independent: slow or failing episodes do not affect the others, and calls for different episodes may
 * overlap.
 * @example
 * ```ts
 * import { mock } from "@tau2/domains/mock";
 * import { VectorEnv } from "@tau2/gym";
 *
 * const envs = new VectorEnv({ count: 8, domain: mock, taskId: "create_with_title", episode: (index) => ({ seed: index }) });
 * await envs.resetMany();
 * for await (const { index, result, error } of envs.stepAsCompleted(envs.envs.map(() => "get_users()"))) {
 *   console.log(index, error ?? result?.observation);
 * }
 * ```
 */
export class VectorEnv<S extends Side = "agent"> {
  /** Environments by index. Use one directly only while this object does not use it. */
  readonly envs: readonly EnvOf<S>[];
  readonly #options: VectorEnvOptions<S>;
  /** True if the next step starts a new episode, by index. */
  readonly #ended: boolean[];
  /** Number of episodes that each environment has started. */
  readonly #begun: number[];

  /**
   * @throws Tau2Error `invalid` for an unknown autoreset, or a count or limit that is not an integer of at least 1; errors of the
   * environments' constructors
   */
  constructor(options: VectorEnvOptions<S>) {
    const { count, autoreset = "disabled", maxConcurrency = 256 } = options;
    if (!Number.isSafeInteger(count) || count < 1) throw new Tau2Error("invalid", `count is ${count}: it must be an integer of at least 1`);
    if (!autoresets.includes(autoreset)) {
      throw new Tau2Error("invalid", `unknown autoreset '${autoreset}': use one of ${autoresets.join(", ")}`);
    }
    this.#options = maxConcurrency === null ? options : { ...limitCounterpart(options, maxConcurrency), maxConcurrency: null };
    this.envs = Array.from({ length: count }, () => createEnv(this.#options));
    this.#ended = Array.from({ length: count }, () => false);
    this.#begun = Array.from({ length: count }, () => 0);
  }

  /** Returns the number of parallel episodes. */
  get count(): number {
    return this.envs.length;
  }

  /** Starts episodes. Outcomes are in the order of `only`, by default in that of the indexes. */
  resetMany({ only, episode, signal }: ResetManyOptions = {}): Promise<VectorOutcome<ResetResult<InfoOf<S>>>[]> {
    const indexes = only ? [...only] : [...this.envs.keys()];
    return Promise.all(indexes.map((index) => toVectorOutcome(index, () => this.#begin(index, episode?.(index), signal))));
  }

  /** Takes actions, and waits for all of them. Outcomes are in the order of the actions. */
  stepMany(actions: VectorActions, options: { signal?: AbortSignal | undefined } = {}): Promise<VectorOutcome<VectorStep<S>>[]> {
    return Promise.all(this.#stepEach(actions, options.signal));
  }

  /** Takes actions in parallel. Yields outcomes in the order in which they complete. */
  stepAsCompleted(actions: VectorActions, options: { signal?: AbortSignal | undefined } = {}): AsyncIterable<VectorOutcome<VectorStep<S>>> {
    return asCompleted(this.#stepEach(actions, options.signal));
  }

  /** Returns all episodes as values; null for environments that have not started an episode. */
  snapshot(): (Episode | null)[] {
    return this.envs.map((env, index) => (this.#begun[index] === 0 ? null : env.snapshot()));
  }

  /** Continues from snapshots, and skips episodes with null. Several places may hold the same snapshot. */
  restore(snapshots: readonly (Episode | null)[]): void {
    if (snapshots.length !== this.count) {
      throw new Tau2Error(
        "invalid",
        `${snapshots.length} snapshots for ${this.count} episodes: give one snapshot for each, or null to skip it`,
      );
    }
    for (const [index, snapshot] of snapshots.entries()) {
      if (!snapshot) continue;
      this.#envAt(index).restore(snapshot);
      this.#begun[index] = Math.max(1, this.#begun[index]!);
      this.#ended[index] = this.#autoreset() !== "disabled" && this.#envAt(index).done;
    }
  }

  /** Creates `count` vector environments that continue from these episodes. They share the limit on concurrent calls. */
  fork(count = 1): VectorEnv<S>[] {
    return Array.from({ length: count }, () => {
      const clone = new VectorEnv<S>(this.#options);
      clone.restore(this.snapshot());
      return clone;
    });
  }

  /** Closes all environments. Cancels steps and resets that have not finished. */
  close(): void {
    for (const env of this.envs) env.close();
  }

  #stepEach(actions: VectorActions, signal: AbortSignal | undefined): Promise<VectorOutcome<VectorStep<S>>>[] {
    return [...actions.entries()]
      .filter((entry): entry is [number, Action] => entry[1] !== null && entry[1] !== undefined)
      .map(([index, action]) => toVectorOutcome(index, () => this.#step(index, action, signal)));
  }

  async #begin(index: number, choice: EpisodeChoice | undefined, signal: AbortSignal | undefined): Promise<ResetResult<InfoOf<S>>> {
    const env = this.#envAt(index);
    const chosen = choice ?? this.#options.episode?.(index, this.#begun[index]!) ?? {};
    const result = await env.reset({ ...chosen, signal });
    this.#begun[index]!++;
    this.#ended[index] = env.done && this.#autoreset() !== "disabled";
    return result;
  }

  async #step(index: number, action: Action, signal: AbortSignal | undefined): Promise<VectorStep<S>> {
    const env = this.#envAt(index);
    if (this.#ended[index]) return toFirstStep(await this.#begin(index, undefined, signal), env.snapshot());
    const result: VectorStep<S> = await env.step(action, { signal });
    if (!env.done || this.#autoreset() === "disabled") return result;
    // If the next episode cannot start, the next step tries again and reports the error.
    this.#ended[index] = true;
    if (this.#autoreset() === "next_step") return result;
    const { result: next } = await toVectorOutcome(index, () => this.#begin(index, undefined, signal));
    if (!next) return result;
    const { observation, messages, info, ...flags } = result;
    return { ...next, ...flags, final: { observation, messages, info } };
  }

  #autoreset() {
    return this.#options.autoreset ?? "disabled";
  }

  #envAt(index: number): PlayableEnv<InfoOf<S>> {
    const env = this.envs[index];
    if (!env) throw new Tau2Error("invalid", `unknown episode ${index}: indexes are 0 to ${this.count - 1}`);
    return env as unknown as PlayableEnv<InfoOf<S>>;
  }
}

function createEnv<S extends Side>(options: VectorEnvOptions<S>): EnvOf<S> {
  const env = options.learner === "user" ? new UserEnv(options) : new AgentEnv(options);
  return env as EnvOf<S>;
}

function limitCounterpart<S extends Side>(options: VectorEnvOptions<S>, limit: number): VectorEnvOptions<S> {
  const side = options.learner === "user" ? "agent" : "user";
  const counterpart = (options as { agent?: UserEnvOptions["agent"]; user?: AgentEnvOptions["user"] })[side];
  return counterpart ? { ...options, [side]: limitConcurrency(counterpart, limit) } : options;
}
