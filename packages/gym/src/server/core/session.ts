import type { Action } from "../../action/action.ts";
import type { AgentEnv } from "../../env/agent-env.ts";
import type { UserEnv } from "../../env/user-env.ts";
import {
  getEpisodeStatus,
  type EpisodeError,
  type EpisodeInfo,
  type EpisodeStatus,
  type ResetResult,
  type StepResult,
} from "../../env/step-result.ts";
import { isOver, type Episode } from "../../episode/episode.ts";
import type { Mode } from "../wire/request-schemas.ts";
import { formatScenario, isParticipantMessage } from "@tau2/domains/internal";
import type { Message, ToolDeclaration } from "@tau2/domains";
import { IdempotencyCache, type CachedResponse, fingerprintRequest, requireSameRequest, SharedTask } from "./idempotency.ts";
import type { EpisodeInstructions, FaultResponse, ShownMessage, StatusResponse, StepResponse } from "../wire/response-schemas.ts";
import { ServerError } from "./server-error.ts";
import type { SessionSettings } from "./settings.ts";

/** Request of a step. */
export interface StepRequest {
  /** Action of the learner; or the reason why its message is not an action. */
  action: Action | { invalid: string };
  /** A step with an id is taken once, however often it is requested. */
  requestId?: string | undefined;
  /** Aborts when the client disconnects. */
  signal?: AbortSignal | undefined;
}

/** Outcome of a step: its response without the time that is left, because a repeated request receives the outcome again. */
export type StepOutcome = Omit<StepResponse, "expires_in_s">;

/** State of a session that it can be restored to. */
export interface Snapshot {
  readonly episode: Episode;
  readonly stepCount: number;
}

/** State of a session, as a value. A change replaces it as a whole, once the new one is stored. */
export interface SessionState extends Snapshot {
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  /** Outcomes that the session remembers, by request id. */
  readonly outcomes: IdempotencyCache<StepOutcome>;
}

/** Keeps the states of sessions over a restart. */
export interface SessionPersistence {
  /** Checks that states can be stored, before a step calls a model. @throws ServerError `storage_full`, `storage_failed` */
  check(): Promise<void>;
  /** Stores the state that a session is about to have. @throws ServerError `storage_full`, `storage_failed`; then the session keeps its state */
  save(session: Session, state: SessionState): Promise<void>;
}

/** Parts of a session. */
export interface SessionParts {
  id: string;
  settings: SessionSettings;
  createdAt: Date;
  /** Environment, already reset. */
  env: AgentEnv | UserEnv;
  stepCount: number;
  snapshots?: Iterable<[string, Snapshot]> | undefined;
  outcomes?: Iterable<[string, CachedResponse<StepOutcome>]> | undefined;
  /** Called after each step, once it is stored. */
  onStep?: ((session: Session, outcome: StepOutcome, seconds: number) => void) | undefined;
  /** Without one, a session ends with the process. */
  persistence?: SessionPersistence | undefined;
}

/** Number of outcomes that a session remembers. */
const MAX_OUTCOMES = 16;
const MAX_SNAPSHOTS = 256;

/** Ids of the automatic snapshots: before the last step, and at the beginning of the session. */
const previous = "previous";
const start = "start";

/** An episode on the server. Steps are serialized, idempotent and atomic. A change that cannot be stored does not happen. */
export class Session {
  readonly id: string;
  readonly settings: SessionSettings;
  readonly createdAt: Date;
  readonly #env: AgentEnv | UserEnv;
  readonly #onStep: SessionParts["onStep"];
  readonly #persistence: SessionPersistence | undefined;
  #state: SessionState;
  /** Resolves when the change that is being stored has succeeded or failed. */
  #changing: Promise<void> | null = null;
  #running: (SharedTask<StepOutcome> & { requestId?: string | undefined; fingerprint: string }) | null = null;
  #closed: ServerError | null = null;

  constructor({ id, settings, createdAt, env, stepCount, snapshots, outcomes = [], onStep, persistence }: SessionParts) {
    this.id = id;
    this.settings = settings;
    this.createdAt = createdAt;
    this.#env = env;
    this.#onStep = onStep;
    this.#persistence = persistence;
    const current = { episode: env.snapshot(), stepCount };
    this.#state = {
      ...current,
      snapshots: new Map(snapshots ?? [[start, current]]),
      outcomes: new IdempotencyCache(MAX_OUTCOMES, outcomes),
    };
  }

  get stepCount(): number {
    return this.#state.stepCount;
  }

  /** Current state. While a change is being stored, the state before it. */
  get state(): SessionState {
    return this.#state;
  }

  /** True once the session was deleted or has expired. */
  get isClosed(): boolean {
    return this.#closed !== null;
  }

  /** True while a step is running. */
  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** Current episode. While a step is running, the episode before that step. */
  get episode(): Episode {
    return this.#state.episode;
  }

  /** Returns the current status of the episode. */
  getStatus(): StatusResponse {
    return toInitialStatus(this.#env.observe(), this.episode);
  }

  /** Returns the instructions for the learner. */
  getInstructions(): EpisodeInstructions {
    return getEpisodeInstructions(this.#env.observe().info, this.settings.mode);
  }

  /**
   * Takes a step. A request with the id of an earlier one receives the outcome of that step, or waits for it. If all waiting clients
   * disconnect, the step is cancelled and the episode does not change.
   * @throws ServerError `busy`, `episode_over`, `request_id_reused`, `cancelled`; `storage_full` or `storage_failed` if the step was taken back;
   * or the reason for which the session was closed
   */
  async step({ action, requestId, signal }: StepRequest): Promise<StepOutcome> {
    const fingerprint = requestId === undefined ? "" : fingerprintRequest(action);
    const remembered = requestId === undefined ? undefined : this.#state.outcomes.get(requestId);
    if (requestId !== undefined && remembered) {
      requireSameRequest(requestId, fingerprint, remembered);
      return remembered.response;
    }
    for (;;) {
      if (this.#running?.isAbandoned) await this.#running.settled;
      else if (!this.#running && this.#changing) await this.#changing;
      else break;
    }
    if (this.#closed) throw this.#closed;
    if (this.#running) {
      if (requestId === undefined || this.#running.requestId !== requestId) throw createBusyError(this.id);
      requireSameRequest(requestId, fingerprint, this.#running);
      return this.#running.join(signal);
    }
    if (isOver(this.episode)) throw createEpisodeOverError(this.id);
    if (typeof action === "object" && "invalid" in action) return this.#createRefusal(action.invalid);
    return this.#startStep(action, requestId, fingerprint).join(signal);
  }

  /** Creates a snapshot and returns its id. @throws ServerError `too_many_snapshots`, `storage_full`, `storage_failed` */
  async createSnapshot(): Promise<string> {
    return this.#change((state) => {
      const { size } = state.snapshots;
      if (size >= MAX_SNAPSHOTS) {
        throw new ServerError(
          "too_many_snapshots",
          `session ${this.id} has ${size} snapshots, which is the limit: fork the session instead`,
        );
      }
      let n = size;
      while (state.snapshots.has(`snapshot_${n}`)) n++;
      const id = `snapshot_${n}`;
      return { state: { ...state, snapshots: new Map(state.snapshots).set(id, toSnapshot(state)) }, result: id };
    });
  }

  /**
   * Restores a snapshot. The outcomes of earlier requests are forgotten, so that their ids can be used again: a learner that derives the ids
   * from the number of the step reuses them.
   * @throws ServerError `not_found`, `busy`, `storage_full`, `storage_failed`
   */
  async restore(snapshotId: string): Promise<void> {
    if (this.#running) throw createBusyError(this.id);
    await this.#change((state) => {
      if (this.#running) throw createBusyError(this.id);
      const snapshot = this.getSnapshot(snapshotId);
      const snapshots = new Map(state.snapshots);
      snapshots.delete(previous);
      return { state: { ...snapshot, snapshots, outcomes: new IdempotencyCache(MAX_OUTCOMES) }, result: undefined };
    });
  }

  /** Returns a snapshot; without an id, the current state. @throws ServerError `not_found` */
  getSnapshot(snapshotId?: string): Snapshot {
    const { snapshots } = this.#state;
    if (snapshotId === undefined) return toSnapshot(this.#state);
    const snapshot = snapshots.get(snapshotId);
    if (snapshot) return snapshot;
    throw new ServerError("not_found", `no snapshot '${snapshotId}' in session ${this.id}; available: ${[...snapshots.keys()].join(", ")}`);
  }

  /** Creates a session at a snapshot of this one. */
  fork(id: string, { episode, stepCount }: Snapshot): Session {
    const [env] = this.#env.fork();
    env!.restore(episode);
    const { settings } = this;
    return new Session({ id, settings, createdAt: new Date(), env: env!, stepCount, onStep: this.#onStep, persistence: this.#persistence });
  }

  /** Closes the session. Requests that wait for a step receive the reason. */
  close(reason: ServerError): void {
    this.#closed ??= reason;
    this.#running?.cancel(reason);
  }

  /** Waits until no step is running. */
  async waitForStep(): Promise<void> {
    await this.#running?.settled;
  }

  /** Cancels the running step. The episode does not change. */
  cancelStep(reason: ServerError): void {
    this.#running?.cancel(reason);
  }

  /** Replaces the state once the new one is stored. Changes happen one after the other. */
  async #change<T>(create: (state: SessionState) => { state: SessionState; result: T }): Promise<T> {
    while (this.#changing) await this.#changing;
    const { state, result } = create(this.#state);
    if (this.#persistence) {
      const saving = this.#persistence.save(this, state);
      this.#changing = saving.catch(() => {});
      try {
        await saving;
      } finally {
        this.#changing = null;
      }
    }
    this.#env.restore(state.episode);
    this.#state = state;
    return result;
  }

  #startStep(action: Action, requestId: string | undefined, fingerprint: string): SharedTask<StepOutcome> {
    const task = new SharedTask((signal, commit) => this.#runStep({ action, requestId, fingerprint }, signal, commit));
    return (this.#running = Object.assign(task, { requestId, fingerprint }));
  }

  async #runStep(
    { action, requestId, fingerprint }: { action: Action; requestId: string | undefined; fingerprint: string },
    signal: AbortSignal,
    commit: () => void,
  ): Promise<StepOutcome> {
    const started = performance.now();
    try {
      await this.#persistence?.check();
      const result = await this.#env.step(action, { signal });
      const episode = this.#env.snapshot();
      // Until the step is stored, the session shows the state before it.
      this.#env.restore(this.#state.episode);
      // Waiting requests have already been told that the step is cancelled.
      if (signal.aborted) throw signal.reason;
      commit();
      const outcome = await this.#change((state) => {
        const next = episode === state.episode ? state : takeStep(state, episode);
        const response = { session_id: this.id, step_count: next.stepCount, ...toStatusResponse(result, episode) };
        const outcomes = requestId === undefined ? next.outcomes : next.outcomes.with(requestId, { fingerprint, response });
        return { state: { ...next, outcomes }, result: response };
      });
      this.#onStep?.(this, outcome, (performance.now() - started) / 1000);
      return outcome;
    } finally {
      this.#running = null;
    }
  }

  #createRefusal(reason: string): StepOutcome {
    const observation = { text: `Invalid action with error: ${reason}`, messages: [] };
    return { session_id: this.id, step_count: this.stepCount, ...this.getStatus(), observation, invalid_action: reason };
  }
}

function toSnapshot({ episode, stepCount }: SessionState): Snapshot {
  return { episode, stepCount };
}

/** Returns the state after a step to an episode. */
function takeStep(state: SessionState, episode: Episode): SessionState {
  const snapshots = new Map(state.snapshots).set(previous, toSnapshot(state));
  return { ...state, episode, stepCount: state.stepCount + 1, snapshots };
}

function createBusyError(id: string): ServerError {
  return new ServerError("busy", `a step of session ${id} is running: wait for its response before the next step`);
}

function createEpisodeOverError(id: string): ServerError {
  return new ServerError(
    "episode_over",
    `the episode of session ${id} is over: create another session, or restore a snapshot ('${start}': its beginning, '${previous}': before its last step)`,
  );
}

/** Returns the status of an episode after a step. */
function toStatusResponse(result: StepResult, episode: Episode): StatusResponse {
  return createStatusResponse(result, episode, result);
}

/** Returns the status of an episode that no step was taken in, such as one that was just created or restored. */
function toInitialStatus(result: Pick<ResetResult, "observation" | "messages" | "info">, episode: Episode): StatusResponse {
  return createStatusResponse(result, episode, getEpisodeStatus(episode));
}

function createStatusResponse(
  { observation, messages, info }: ResetResult,
  { conversation, fault, outcome }: Episode,
  { reward, terminated, truncated }: EpisodeStatus,
): StatusResponse {
  return {
    observation: { text: observation, messages: messages.map(toShownMessage) },
    reward,
    terminated,
    truncated,
    done: fault !== null || outcome !== null,
    termination_reason: conversation.ended,
    error: info.error ? toFaultResponse(info.error) : null,
    reward_info: info.reward_info ?? null,
    report: info.report ?? null,
    invalid_action: info.invalid_action ?? null,
    conversation_steps: conversation.steps,
    max_steps: conversation.rules.maxSteps,
  };
}

/** Converts a fault to its response. */
export function toFaultResponse({ class: kind, role, transient, message }: EpisodeError): FaultResponse {
  return { class: kind, role, retryable: transient, message };
}

function toShownMessage(message: Message): ShownMessage {
  if (message.role === "tool") return { role: "tool", id: message.id, content: message.content, error: message.error };
  const { role, content } = message;
  if (!isParticipantMessage(message) || !message.tool_calls) return { role, content };
  return { role, content, tool_calls: message.tool_calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })) };
}

/** Returns the instructions for a learner, from the result of a reset. */
function getEpisodeInstructions(
  info: EpisodeInfo & Partial<Record<"tools" | "user_tools", readonly ToolDeclaration[]>>,
  mode: Mode,
): EpisodeInstructions {
  const { task, policy } = info;
  return {
    tools: [...((mode === "user" ? info.user_tools : info.tools) ?? [])],
    policy,
    scenario: mode === "user" ? formatScenario(task.user_scenario) : null,
    ticket: mode === "solo" ? task.ticket : null,
  };
}
