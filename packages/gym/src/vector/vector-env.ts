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

/** Values in the order in which they come. None of the promises may reject. Who stops reading early leaves nothing behind. */
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

/** What became of one episode of several: its result, or what kept it from having one. No episode fails because another one does. */
export type VectorOutcome<Result> =
  | { readonly index: number; readonly result: Result; readonly error: null }
  | { readonly index: number; readonly result: null; readonly error: Tau2Error };

/** The outcome of some work for an episode. Never rejects. */
export async function toVectorOutcome<Result>(index: number, work: () => Promise<Result>): Promise<VectorOutcome<Result>> {
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

/** `info` of the environments of one side. */
type InfoOf<S extends Side> = S extends "user" ? UserInfo : AgentInfo;

/** An environment of either side, as it is used here. */
interface PlayableEnv<Info extends EpisodeInfo> {
  readonly done: boolean;
  reset(options: ResetOptions): Promise<ResetResult<Info>>;
  step(action: Action, options: StepOptions): Promise<StepResult<Info>>;
  snapshot(): Episode;
  restore(snapshot: Episode): void;
}

/** What a step of a `VectorEnv` shows. */
export interface VectorStep<S extends Side = "agent"> extends StepResult<InfoOf<S>> {
  /** With autoreset `same_step`, how the episode ended whose reward this is; observation, messages and info are those of the next one. */
  final?: ResetResult<InfoOf<S>>;
}

/** What is done in each episode, by its index: a list with null for the episodes that are left alone, or a map. */
export type VectorActions = readonly (Action | null | undefined)[] | ReadonlyMap<number, Action>;

/** Options of `resetMany`. */
export interface ResetManyOptions {
  /** Only these episodes. By default all. */
  only?: Iterable<number> | undefined;
  /** What is played this time, in place of the `episode` of the constructor. */
  episode?: ((index: number) => EpisodeChoice) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Many episodes at a time. Every one goes its own way: none waits for a slower one, none fails because another fails, and calls for
 * different episodes may overlap.
 *
 * ```ts
 * const envs = new VectorEnv({ count: 64, domain: airline, user: model, episode: (index) => ({ options: { taskId: ids[index] } }) });
 * await envs.resetMany();
 * for await (const { index, result, error } of envs.stepAsCompleted(actions)) …
 * ```
 */
export class VectorEnv<S extends Side = "agent"> {
  /** The environments, by their index: each can also be used on its own, for as long as this one does nothing with it. */
  readonly envs: readonly EnvOf<S>[];
  readonly #options: VectorEnvOptions<S>;
  /** Which episodes the next step begins anew. */
  readonly #ended: boolean[];
  /** How many episodes each environment has begun. */
  readonly #begun: number[];

  /** @throws Tau2Error `invalid` for a count, a limit or an autoreset that is none; as the environments' constructor does */
  constructor(options: VectorEnvOptions<S>) {
    const { count, autoreset = "disabled", maxConcurrency = 256 } = options;
    if (!Number.isSafeInteger(count) || count < 1) throw new Tau2Error("invalid", `count is ${count}: there must be at least 1 episode`);
    if (!autoresets.includes(autoreset)) throw new Tau2Error("invalid", `no autoreset '${autoreset}': there are ${autoresets.join(", ")}`);
    this.#options = maxConcurrency === null ? options : { ...limitCounterpart(options, maxConcurrency), maxConcurrency: null };
    this.envs = Array.from({ length: count }, () => createEnv(this.#options));
    this.#ended = Array.from({ length: count }, () => false);
    this.#begun = Array.from({ length: count }, () => 0);
  }

  /** How many episodes there are at a time. */
  get count(): number {
    return this.envs.length;
  }

  /** Begins episodes. The outcomes come in the order of `only`, by default that of the indexes. */
  resetMany({ only, episode, signal }: ResetManyOptions = {}): Promise<VectorOutcome<ResetResult<InfoOf<S>>>[]> {
    const indexes = only ? [...only] : [...this.envs.keys()];
    return Promise.all(indexes.map((index) => toVectorOutcome(index, () => this.#begin(index, episode?.(index), signal))));
  }

  /** Takes actions, and waits for all of them. The outcomes come in the order in which the actions were given. */
  stepMany(actions: VectorActions, options: { signal?: AbortSignal | undefined } = {}): Promise<VectorOutcome<VectorStep<S>>[]> {
    return Promise.all(this.#stepEach(actions, options.signal));
  }

  /** Takes actions, all at once. The outcomes come as episodes are ready, so that nobody waits for the slowest. */
  stepAsCompleted(actions: VectorActions, options: { signal?: AbortSignal | undefined } = {}): AsyncIterable<VectorOutcome<VectorStep<S>>> {
    return asCompleted(this.#stepEach(actions, options.signal));
  }

  /** All episodes as they stand, as values; null where none was begun. */
  snapshot(): (Episode | null)[] {
    return this.envs.map((env, index) => (this.#begun[index] === 0 ? null : env.snapshot()));
  }

  /** Goes to where snapshots were taken. Episodes with null are left alone; the same snapshot may stand in several places. */
  restore(snapshots: readonly (Episode | null)[]): void {
    if (snapshots.length !== this.count) {
      throw new Tau2Error(
        "invalid",
        `${snapshots.length} snapshots for ${this.count} episodes: give one for each, or null to leave it alone`,
      );
    }
    for (const [index, snapshot] of snapshots.entries()) {
      if (!snapshot) continue;
      this.#envAt(index).restore(snapshot);
      this.#begun[index] = Math.max(1, this.#begun[index]!);
      this.#ended[index] = this.#autoreset() !== "disabled" && this.#envAt(index).done;
    }
  }

  /** So many of these at the point where this one stands; they share the limit on how many ask the other side at a time. */
  fork(count = 1): VectorEnv<S>[] {
    return Array.from({ length: count }, () => {
      const clone = new VectorEnv<S>(this.#options);
      clone.restore(this.snapshot());
      return clone;
    });
  }

  /** Ends the use of all environments. What is under way is given up. */
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
    // Should the next episode not begin, the step after this one tries it again, and says why.
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
    if (!env) throw new Tau2Error("invalid", `no episode ${index}: there are ${this.count}, counted from 0`);
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
