import {
  createEnvironmentConfig,
  hasToolCalls,
  isTau2Error,
  Tau2Error,
  type DomainData,
  type EnvironmentConfig,
  type Message,
} from "@tau2/domains";
import { createContexts, getVisibleMessages } from "@tau2/orchestrator/internal";
import { withUnlimitedListeners } from "@tau2/user-sim/internal";
import { toActionMessage, type Action } from "../action/action.ts";
import { type Side, createEpisodeContext, type LearnerRole } from "../episode/episode-context.ts";
import { continueEpisode, isOver, mapMaybePromise, openEpisode, type Episode, type MaybePromise } from "../episode/episode.ts";
import { type EpisodeRecord, replayEpisode } from "../episode/record.ts";
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
  /** Seed for the models of the counterpart and the judge. Default: none. */
  seed?: number | null | undefined;
  /** Task of this episode. Default: the environment's own task. */
  options?: TaskChoice | null | undefined;
  /** Cancels the reset while the counterpart answers. */
  signal?: AbortSignal | undefined;
}

/** Options of `step`. */
export interface StepOptions {
  /** Cancels the step while the counterpart or the judge answers. */
  signal?: AbortSignal | undefined;
}

/** Gymnasium environment with branches: the common part of `AgentEnv` and `UserEnv`. */
export abstract class BaseEnv<Extra extends object> {
  readonly #options: EnvOptions;
  readonly #role: LearnerRole<Extra>;
  readonly #data: DomainData;
  readonly #environment: EnvironmentConfig;
  #episode: Episode | null = null;
  #resultOptions: ResultOptions<Extra> | null = null;
  /** Cancels the reset or step that has not finished. */
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

  /** Creates an environment with the same options, before its first reset. */
  protected abstract clone(): this;

  /** True if the episode is over. It can be over directly after a reset: a user may hang up without a word, or its model may fail. */
  get done(): boolean {
    return this.#episode !== null && isOver(this.#episode);
  }

  /** Returns all messages that the learner has seen, its own included. Empty before the first reset. */
  get messages(): readonly Message[] {
    return this.#episode ? getVisibleMessages(this.#episode.conversation.messages, this.#role.learner) : [];
  }

  /**
   * Starts an episode, and cancels one that has not ended.
   * A fault of the counterpart is not thrown: it is reported in `info.error`.
   * @throws Tau2Error `invalid` if the task is not named, `not_found` if the data does not contain it, `unsupported` if its reward
   * requires a judge and the judge is missing
   */
  async reset(options: ResetOptions = {}): Promise<ResetResult<EpisodeInfo & Extra>> {
    return this.#begin(options);
  }

  /**
   * Starts an episode synchronously, for counterparts that answer synchronously. @throws Tau2Error `unsupported` if the counterpart
   * returns a promise
   */
  resetSync(options: Omit<ResetOptions, "signal"> = {}): ResetResult<EpisodeInfo & Extra> {
    return this.#runSync(this.#begin(options), "reset");
  }

  /**
   * Takes an action, and continues until the learner's next turn or the end of the episode.
   * A blank action has no effect except `info.invalid_action`. After the end, a step has no effect and its reward is 0, or null after a
   * fault.
   * A fault of the counterpart is not thrown: it is reported in `info.error`, and the reward is null.
   * @throws Tau2Error `protocol` before the first reset or during another step; `invalid` for a value that is not an action
   */
  async step(action: Action, options: StepOptions = {}): Promise<StepResult<EpisodeInfo & Extra>> {
    return this.#take(action, options);
  }

  /**
   * Takes an action synchronously, for counterparts that answer synchronously.
   * @throws Tau2Error `unsupported` if the counterpart or the judge returns a promise; the episode does not change then
   */
  stepSync(action: Action): StepResult<EpisodeInfo & Extra> {
    return this.#runSync(this.#take(action, {}), "step");
  }

  /** Closes the environment. Cancels a reset or step that has not finished. */
  close(): void {
    this.#closed = true;
    this.#abortPending();
    this.#episode = null;
  }

  /**
   * Returns the observation of the learner's current turn, like a reset to it. During a step: the observation before the step.
   * @throws Tau2Error `protocol` before the first reset
   */
  observe(): ResetResult<EpisodeInfo & Extra> {
    return toResetResult(this.#getEpisode(), this.#getResultOptions());
  }

  /** Returns the episode as an immutable value, without a copy. During a step: the episode before the step. */
  snapshot(): Episode {
    return this.#getEpisode();
  }

  /** Continues from a snapshot of this environment or another of its class. Cancels a reset or step that has not finished. */
  restore(snapshot: Episode): void {
    this.#requireOpen();
    this.#requireSide(snapshot.context.learner, "snapshot");
    this.#abortPending();
    this.#enter(snapshot);
  }

  /**
   * Continues from a record made by `recordEpisode`, in this process or another. Replays its messages without asking a model.
   * The limits of this environment apply: they must equal those under which the record was made. Cancels a reset or step that has not
   * finished.
   * @throws Tau2Error `replay_mismatch` if the replay differs from the record; `invalid` if the learner had the other role; errors of
   * `reset`
   */
  replay(record: EpisodeRecord): ResetResult<EpisodeInfo & Extra> {
    this.#requireOpen();
    this.#requireSide(record.learner, "record");
    const context = createEpisodeContext(this.#role, this.#environment, record.task, record.seed, this.#options);
    const episode = replayEpisode(context, record);
    this.#abortPending();
    return toResetResult(this.#enter(episode), this.#getResultOptions());
  }

  /** Creates `count` environments that continue from this episode independently of each other. Does not ask a model. */
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
    if (this.#pending) throw new Tau2Error("protocol", "another step has not finished: await it before the next one");
    if (isOver(episode)) return toOverResult(episode, this.#getResultOptions());
    const message = convertAction(action, this.#role.requestor, episode.conversation.messages.length);
    if (typeof message === "string") return toInvalidActionResult(episode, message, this.#getResultOptions());
    if (!message) return toInvalidActionResult(episode, "Action cannot be empty", this.#getResultOptions());
    const prepared = this.#role.prepare(message);
    if (hasToolCalls(prepared) && prepared.role === "assistant" && episode.conversation.rules.isAgentStop(prepared)) {
      return toInvalidActionResult(episode, "A message cannot both stop the conversation and call tools", this.#getResultOptions());
    }
    const continued = this.#enterWhenReady((own) => continueEpisode(episode, prepared, own), signal);
    return mapMaybePromise(continued, (next) => toStepResult(next, this.#getResultOptions()));
  }

  /** Enters the episode once it is ready, unless a reset, restore or close happened in the meantime. */
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
    if (!this.#episode) throw new Tau2Error("protocol", "the environment has not been reset: call reset() first");
    return this.#episode;
  }

  #requireSide(learner: Side, what: string): void {
    if (learner === this.#role.learner) return;
    throw new Tau2Error(
      "invalid",
      `the learner of the ${what} is the ${learner}, the learner of this environment is the ${this.#role.learner}`,
    );
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
      `the ${this.#role.learner === "agent" ? "user" : "agent"} or the judge returned a promise: use \`await ${name}()\``,
    );
  }
}

function createAbortError(): Tau2Error {
  return new Tau2Error("protocol", "cancelled: the environment was reset, restored or closed in the meantime");
}

/** Converts an action to a message, or to the reason why its text is refused, which goes to the model. */
function convertAction(...[action, requestor, turn]: Parameters<typeof toActionMessage>): ReturnType<typeof toActionMessage> | string {
  try {
    return toActionMessage(action, requestor, turn);
  } catch (error) {
    if (typeof action === "string" && isTau2Error(error, "invalid")) return error.message;
    throw error;
  }
}
