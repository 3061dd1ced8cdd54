import { Tau2Error } from "@tau2/domains";
import { AgentEnv, type AgentEnvOptions } from "../env/agent-env.ts";
import type { Action } from "../env/action-message.ts";
import type { ResetOptions, StepOptions } from "../env/learner-env.ts";
import type { AgentInfo, EpisodeInfo, ResetResult, StepResult, UserInfo } from "../env/result.ts";
import { UserEnv, type UserEnvOptions } from "../env/user-env.ts";
import type { Episode } from "../episode/episode.ts";
import type { Side } from "../episode/frame.ts";
import { asCompleted } from "./as-completed.ts";
import { limitConcurrency } from "./bounded.ts";
import { autoresets, type EnvOf, type EpisodeChoice, type VectorEnvOptions } from "./options.ts";
import { toOutcome, resetAsStep, type Outcome } from "./outcome.ts";

/** `info` of the environments of one side. */
type InfoOf<S extends Side> = S extends "user" ? UserInfo : AgentInfo;

/** An environment of either side, as it is used here. */
interface Played<Info extends EpisodeInfo> {
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
export type Actions = readonly (Action | null | undefined)[] | ReadonlyMap<number, Action>;

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
    this.#options = maxConcurrency === null ? options : { ...withBoundedSide(options, maxConcurrency), maxConcurrency: null };
    this.envs = Array.from({ length: count }, () => makeEnv(this.#options));
    this.#ended = Array.from({ length: count }, () => false);
    this.#begun = Array.from({ length: count }, () => 0);
  }

  /** How many episodes there are at a time. */
  get count(): number {
    return this.envs.length;
  }

  /** Begins episodes. The outcomes come in the order of `only`, by default that of the indexes. */
  resetMany({ only, episode, signal }: ResetManyOptions = {}): Promise<Outcome<ResetResult<InfoOf<S>>>[]> {
    const indexes = only ? [...only] : [...this.envs.keys()];
    return Promise.all(indexes.map((index) => toOutcome(index, () => this.#begin(index, episode?.(index), signal))));
  }

  /** Takes actions, and waits for all of them. The outcomes come in the order in which the actions were given. */
  stepMany(actions: Actions, options: { signal?: AbortSignal | undefined } = {}): Promise<Outcome<VectorStep<S>>[]> {
    return Promise.all(this.#stepEach(actions, options.signal));
  }

  /** Takes actions, all at once. The outcomes come as episodes are ready, so that nobody waits for the slowest. */
  stepAsCompleted(actions: Actions, options: { signal?: AbortSignal | undefined } = {}): AsyncIterable<Outcome<VectorStep<S>>> {
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
      const twin = new VectorEnv<S>(this.#options);
      twin.restore(this.snapshot());
      return twin;
    });
  }

  /** Ends the use of all environments. What is under way is given up. */
  close(): void {
    for (const env of this.envs) env.close();
  }

  #stepEach(actions: Actions, signal: AbortSignal | undefined): Promise<Outcome<VectorStep<S>>>[] {
    return [...actions.entries()]
      .filter((entry): entry is [number, Action] => entry[1] !== null && entry[1] !== undefined)
      .map(([index, action]) => toOutcome(index, () => this.#step(index, action, signal)));
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
    if (this.#ended[index]) return resetAsStep(await this.#begin(index, undefined, signal), env.done);
    const result: VectorStep<S> = await env.step(action, { signal });
    if (!env.done || this.#autoreset() === "disabled") return result;
    // Should the next episode not begin, the step after this one tries it again, and says why.
    this.#ended[index] = true;
    if (this.#autoreset() === "next_step") return result;
    const { result: next } = await toOutcome(index, () => this.#begin(index, undefined, signal));
    if (!next) return result;
    const { observation, messages, info, ...flags } = result;
    return { ...next, ...flags, final: { observation, messages, info } };
  }

  #autoreset() {
    return this.#options.autoreset ?? "disabled";
  }

  #envAt(index: number): Played<InfoOf<S>> {
    const env = this.envs[index];
    if (!env) throw new Tau2Error("invalid", `no episode ${index}: there are ${this.count}, counted from 0`);
    return env as unknown as Played<InfoOf<S>>;
  }
}

function makeEnv<S extends Side>(options: VectorEnvOptions<S>): EnvOf<S> {
  const env = options.learner === "user" ? new UserEnv(options) : new AgentEnv(options);
  return env as EnvOf<S>;
}

function withBoundedSide<S extends Side>(options: VectorEnvOptions<S>, limit: number): VectorEnvOptions<S> {
  const side = options.learner === "user" ? "agent" : "user";
  const counterpart = (options as { agent?: UserEnvOptions["agent"]; user?: AgentEnvOptions["user"] })[side];
  return counterpart ? { ...options, [side]: limitConcurrency(counterpart, limit) } : options;
}
