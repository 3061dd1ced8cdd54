import { createEnvironmentConfig, hasToolCalls, Tau2Error, type DomainData, type EnvironmentConfig, type Message } from "@tau2/domains";
import { createContexts, getVisibleMessages } from "@tau2/orchestrator/internal";
import { withUnlimitedListeners } from "@tau2/user-sim/internal";
import { toActionMessage, type Action } from "../action/action.ts";
import { type Side, createEpisodeContext, type LearnerRole } from "../episode/episode-context.ts";
import { continueEpisode, isOver, openEpisode, type Episode } from "../episode/episode.ts";
import { type EpisodeRecord, replayEpisode } from "../episode/record.ts";
import { mapMaybePromise, type MaybePromise } from "./maybe-promise.ts";
import { chooseTask, getDomainData, type EnvOptions, type TaskChoice } from "./options.ts";
import {
  type EpisodeInfo,
  type ResetResult,
  type StepResult,
  toInvalidActionResult,
  toOverResult,
  toResetResult,
  toStepResult,
  type ResultOptions,
} from "./step-result.ts";

/** Options of `reset`. */
export interface ResetOptions {
  /** Handed to whoever has a model: the other side, and the judge. By default none is. */
  seed?: number | null | undefined;
  /** What is played this time, in place of the environment's own task. */
  options?: TaskChoice | null | undefined;
  /** Gives up waiting for the other side. */
  signal?: AbortSignal | undefined;
}

/** Options of `step`. */
export interface StepOptions {
  /** Gives up waiting for the other side, or for the judge. */
  signal?: AbortSignal | undefined;
}

/** What an environment of either side does: Gymnasium's protocol, and branching. Made as an `AgentEnv` or a `UserEnv`. */
export abstract class BaseEnv<Extra extends object> {
  readonly #options: EnvOptions;
  readonly #role: LearnerRole<Extra>;
  readonly #data: DomainData;
  readonly #environment: EnvironmentConfig;
  #episode: Episode | null = null;
  #resultOptions: ResultOptions<Extra> | null = null;
  /** Calls off the reset or step whose outcome is waited for. */
  #pending: AbortController | null = null;
  #closed = false;

  protected constructor(options: EnvOptions & { solo?: boolean | undefined }, role: LearnerRole<Extra>) {
    this.#options = options;
    this.#role = role;
    this.#data = getDomainData(options);
    this.#environment = createEnvironmentConfig(options.domain, this.#data, {
      solo: options.solo ?? false,
      ...(options.newId ? { newId: options.newId } : {}),
    });
  }

  /** Another environment like this one, not reset yet. */
  protected abstract clone(): this;

  /** Whether the episode is over. An episode can be over right after a reset: a user may hang up at once, or its model fail. */
  get done(): boolean {
    return this.#episode !== null && isOver(this.#episode);
  }

  /** Everything that the learner has seen, its own messages among it; empty before the first reset. */
  get messages(): readonly Message[] {
    return this.#episode ? getVisibleMessages(this.#episode.conversation.messages, this.#role.learner) : [];
  }

  /**
   * Begins an episode, and gives up the one under way.
   * @throws Tau2Error when no task is named or there is no such task, its initial state cannot be made, or its reward needs a judge and
   * there is none. A fault of the other side is not thrown: it stands in `info.error`.
   */
  async reset(options: ResetOptions = {}): Promise<ResetResult<EpisodeInfo & Extra>> {
    return this.#begin(options);
  }

  /** {@link reset} for environments whose other side answers at once. @throws Tau2Error `unsupported` when it does not */
  resetSync(options: Omit<ResetOptions, "signal"> = {}): ResetResult<EpisodeInfo & Extra> {
    return this.#runSync(this.#begin(options), "reset");
  }

  /**
   * Takes an action, and goes on to the learner's next turn or the end. A blank action is not taken: `info.invalid_action` says so. After
   * the end nothing happens any more, and the reward is 0 (null after a fault).
   * @throws Tau2Error `protocol` before the first reset or while another step is under way, `invalid` for a value that is no action. A
   * fault of the other side is not thrown: it stands in `info.error`, and the reward is null.
   */
  async step(action: Action, options: StepOptions = {}): Promise<StepResult<EpisodeInfo & Extra>> {
    return this.#take(action, options);
  }

  /** {@link step} for environments whose other side answers at once. @throws Tau2Error `unsupported` when it does not; nothing has happened then */
  stepSync(action: Action): StepResult<EpisodeInfo & Extra> {
    return this.#runSync(this.#take(action, {}), "step");
  }

  /** Ends the use of the environment. A reset or step under way is given up. */
  close(): void {
    this.#closed = true;
    this.#abortPending();
    this.#episode = null;
  }

  /**
   * Shows again what is new to the learner where the episode stands, as a reset to here would. While a step is under way: as before it.
   * @throws Tau2Error `protocol` before the first reset
   */
  observe(): ResetResult<EpisodeInfo & Extra> {
    return toResetResult(this.#getEpisode(), this.#getResultOptions());
  }

  /** The episode as it stands, as a value. It costs nothing and never changes. While a step is under way: as it stood before. */
  snapshot(): Episode {
    return this.#getEpisode();
  }

  /** Goes to where a snapshot was taken, in this environment or in another of its kind. A reset or step under way is given up. */
  restore(snapshot: Episode): void {
    this.#requireOpen();
    this.#requireSide(snapshot.context.learner, "snapshot");
    this.#abortPending();
    this.#enter(snapshot);
  }

  /**
   * Goes to where a record was made (`recordEpisode`), in this process or another: what was said is said again, and nobody is asked. The
   * limits are those of this environment, which must be those under which the record was made. A reset or step under way is given up.
   * @throws Tau2Error `replay_mismatch` when the record does not come out again, `invalid` when it is of the other side; as `reset` does
   */
  replay(record: EpisodeRecord): ResetResult<EpisodeInfo & Extra> {
    this.#requireOpen();
    this.#requireSide(record.learner, "record");
    const context = createEpisodeContext(this.#role, this.#environment, record.task, record.seed, this.#options);
    const episode = replayEpisode(context, record);
    this.#abortPending();
    return toResetResult(this.#enter(episode), this.#getResultOptions());
  }

  /** So many environments at the point where this one stands. None sees what another does from here on; no model is asked. */
  fork(count = 1): this[] {
    const snapshot = this.snapshot();
    return Array.from({ length: count }, () => {
      const clone = this.clone();
      clone.restore(snapshot);
      return clone;
    });
  }

  #begin({ seed = null, options, signal }: ResetOptions): MaybePromise<ResetResult<EpisodeInfo & Extra>> {
    this.#requireOpen();
    this.#abortPending();
    const { task, taskId } = options?.task || options?.taskId !== undefined ? options : this.#options;
    const context = createEpisodeContext(
      this.#role,
      this.#environment,
      chooseTask({ task, taskId }, this.#options.domain, this.#data),
      seed,
      this.#options,
    );
    const opened = this.#enterWhenReady((own) => openEpisode(context, own), signal);
    return mapMaybePromise(opened, (episode) => toResetResult(episode, this.#getResultOptions()));
  }

  #take(action: Action, { signal }: StepOptions): MaybePromise<StepResult<EpisodeInfo & Extra>> {
    const episode = this.#getEpisode();
    if (this.#pending) throw new Tau2Error("protocol", "a step is under way: await it before the next one");
    if (isOver(episode)) return toOverResult(episode, this.#getResultOptions());
    const message = toActionMessage(action, this.#role.requestor, episode.conversation.messages.length);
    if (!message) return toInvalidActionResult(episode, "Action cannot be empty", this.#getResultOptions());
    const prepared = this.#role.prepare(message);
    if (hasToolCalls(prepared) && prepared.role === "assistant" && episode.conversation.rules.isAgentStop(prepared)) {
      return toInvalidActionResult(episode, "A message cannot both stop the conversation and call tools", this.#getResultOptions());
    }
    const continued = this.#enterWhenReady((own) => continueEpisode(episode, prepared, own), signal);
    return mapMaybePromise(continued, (next) => toStepResult(next, this.#getResultOptions()));
  }

  /** Enters the episode that comes, unless the environment has been turned to something else by then. */
  #enterWhenReady(play: (signal: AbortSignal) => MaybePromise<Episode>, outer: AbortSignal | undefined): MaybePromise<Episode> {
    const own = new AbortController();
    if (outer?.aborted) own.abort(outer.reason);
    const coming = play(own.signal);
    if (!(coming instanceof Promise)) return this.#enter(coming);
    this.#pending = own;
    return this.#enterLater(coming, own, outer);
  }

  async #enterLater(coming: Promise<Episode>, own: AbortController, outer: AbortSignal | undefined): Promise<Episode> {
    const follow = () => own.abort(outer?.reason);
    if (outer) withUnlimitedListeners(outer).addEventListener("abort", follow, { once: true });
    try {
      const episode = await coming;
      if (this.#pending !== own) throw createAbortError();
      this.#pending = null;
      return this.#enter(episode);
    } finally {
      outer?.removeEventListener("abort", follow);
    }
  }

  #abortPending(): void {
    this.#pending?.abort(createAbortError());
    this.#pending = null;
  }

  #enter(episode: Episode): Episode {
    if (this.#episode?.context !== episode.context) this.#resultOptions = null;
    this.#episode = episode;
    return episode;
  }

  #getResultOptions(): ResultOptions<Extra> {
    const { task, rules } = this.#getEpisode().context;
    this.#resultOptions ??= {
      extra: this.#role.extra(createContexts(rules.environment, { task, seed: null, trial: 0 })),
      allMessages: this.#options.allMessagesAsObservation ?? false,
    };
    return this.#resultOptions;
  }

  #getEpisode(): Episode {
    this.#requireOpen();
    if (!this.#episode) throw new Tau2Error("protocol", "there is no episode yet: call reset() first");
    return this.#episode;
  }

  #requireSide(learner: Side, what: string): void {
    if (learner === this.#role.learner) return;
    throw new Tau2Error("invalid", `the ${what} is of an episode in which the ${learner} learns, here it is the ${this.#role.learner}`);
  }

  #requireOpen(): void {
    if (this.#closed) throw new Tau2Error("protocol", "the environment is closed");
  }

  #runSync<T>(result: MaybePromise<T>, name: "reset" | "step"): T {
    if (!(result instanceof Promise)) return result;
    this.#abortPending();
    result.catch(() => {});
    throw new Tau2Error(
      "unsupported",
      `the ${this.#role.learner === "agent" ? "user" : "agent"} or the judge answers later: use \`await ${name}()\``,
    );
  }
}

function createAbortError(): Tau2Error {
  return new Tau2Error("protocol", "given up: reset, restored or closed in the meantime");
}
