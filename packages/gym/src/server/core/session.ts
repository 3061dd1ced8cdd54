import type { Action } from "../../action/action.ts";
import type { AgentEnv } from "../../env/agent-env.ts";
import type { UserEnv } from "../../env/user-env.ts";
import { isOver, type Episode } from "../../episode/episode.ts";
import { IdempotencyCache, type CachedResponse, fingerprintRequest, requireSameRequest, SharedTask, type Work } from "./idempotency.ts";
import {
  getEpisodeInstructions,
  toEnteredStatus,
  toEpisodeStatus,
  type EpisodeInstructions,
  type EpisodeStatus,
} from "./episode-response.ts";
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

/** A step's answer. */
export interface StepResponse extends EpisodeStatus {
  session_id: string;
  /** Steps of the learner up to here. */
  step_count: number;
}

/** A place in a session that one can go back to. */
export interface Snapshot {
  readonly episode: Episode;
  readonly stepCount: number;
}

/** Parts of a session. */
export interface SessionParts {
  id: string;
  settings: SessionSettings;
  createdAt: Date;
  /** Already in its episode. */
  env: AgentEnv | UserEnv;
  stepCount: number;
  snapshots?: Iterable<[string, Snapshot]>;
  answers?: Iterable<[string, CachedResponse<StepResponse>]>;
  /** Told of each step taken; who asked for it is answered after that. */
  onStep?: ((session: Session, answer: StepResponse, seconds: number) => Promise<void> | void) | undefined;
}

/** Number of responses that a session remembers. */
const REMEMBERED = 16;
/** Number of snapshots that a session keeps. */
const MOST_SNAPSHOTS = 256;

/** The place before the last step, and the one where the session began; they are kept without being asked for. */
const previous = "previous";
const start = "start";

/** One episode, as a server plays it: one step at a time, each once, and none half. */
export class Session {
  readonly id: string;
  readonly settings: SessionSettings;
  readonly createdAt: Date;
  readonly #env: AgentEnv | UserEnv;
  readonly #snapshots: Map<string, Snapshot>;
  readonly #answers: IdempotencyCache<StepResponse>;
  readonly #onStep: SessionParts["onStep"];
  #stepCount: number;
  #running: (SharedTask<StepResponse> & { requestId?: string | undefined; fingerprint: string }) | null = null;
  #closed: ServerError | null = null;

  constructor({ id, settings, createdAt, env, stepCount, snapshots, answers = [], onStep }: SessionParts) {
    this.id = id;
    this.settings = settings;
    this.createdAt = createdAt;
    this.#env = env;
    this.#stepCount = stepCount;
    this.#snapshots = new Map(snapshots ?? [[start, this.#here()]]);
    this.#answers = new IdempotencyCache(REMEMBERED, answers);
    this.#onStep = onStep;
  }

  get stepCount(): number {
    return this.#stepCount;
  }

  /** True while a step is running. */
  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** The episode as it stands; while a step is under way, as it stood before. */
  get episode(): Episode {
    return this.#env.snapshot();
  }

  /** The places that one can go back to, by their id. */
  get snapshots(): ReadonlyMap<string, Snapshot> {
    return this.#snapshots;
  }

  /** The answers that it remembers. */
  get answers(): Iterable<[string, CachedResponse<StepResponse>]> {
    return this.#answers.entries();
  }

  /** Current status of the episode. */
  getStatus(): EpisodeStatus {
    return toEnteredStatus(this.#env.observe(), this.episode);
  }

  /** Instructions for the learner before its first turn. */
  getInstructions(): EpisodeInstructions {
    return getEpisodeInstructions(this.#env.observe().info, this.settings.mode);
  }

  /**
   * Takes a step. Asked for again with the same id it is not taken again: who asks gets the same answer, or waits for it. When all who wait
   * have disconnected, the counterpart is no longer called, and the episode keeps its state.
   * @throws ServerError `busy`, `episode_over`, `request_id_reused`, `cancelled`, or why the session was closed
   */
  async step({ action, requestId, signal }: StepRequest): Promise<StepResponse> {
    const fingerprint = requestId === undefined ? "" : fingerprintRequest(action);
    const remembered = requestId === undefined ? undefined : this.#answers.get(requestId);
    if (requestId !== undefined && remembered) {
      requireSameRequest(requestId, fingerprint, remembered);
      return remembered.answer;
    }
    while (this.#running?.isAbandoned) await this.#running.settled;
    if (this.#closed) throw this.#closed;
    if (this.#running) {
      if (requestId === undefined || this.#running.requestId !== requestId) throw createBusyError(this.id);
      requireSameRequest(requestId, fingerprint, this.#running);
      return this.#running.join(signal);
    }
    if (isOver(this.episode)) throw createOverError(this.id);
    if (typeof action === "object" && "invalid" in action) return this.#refused(action.invalid);
    return this.#begin(action, requestId, fingerprint).join(signal);
  }

  /** Keeps the place where the episode stands. @throws ServerError `too_many_snapshots` */
  snapshot(): string {
    if (this.#snapshots.size >= MOST_SNAPSHOTS) {
      throw new ServerError(
        "too_many_snapshots",
        `session ${this.id} keeps ${this.#snapshots.size} snapshots, which is as many as it can: fork it instead`,
      );
    }
    let n = this.#snapshots.size;
    while (this.#snapshots.has(`snapshot_${n}`)) n++;
    this.#snapshots.set(`snapshot_${n}`, this.#here());
    return `snapshot_${n}`;
  }

  /**
   * Goes back to a place. Requests that were answered before may be made anew, with the ids that they had: a learner that counts its steps gives
   * the same ones again.
   * @throws ServerError `not_found`, `busy`
   */
  restore(snapshotId: string): void {
    if (this.#running) throw createBusyError(this.id);
    const { episode, stepCount } = this.getSnapshot(snapshotId);
    this.#env.restore(episode);
    this.#stepCount = stepCount;
    this.#snapshots.delete(previous);
    this.#answers.clear();
  }

  /** A place of the session, by default where it stands. @throws ServerError `not_found` */
  getSnapshot(snapshotId?: string): Snapshot {
    if (snapshotId === undefined) return this.#here();
    const kept = this.#snapshots.get(snapshotId);
    if (kept) return kept;
    throw new ServerError(
      "not_found",
      `no snapshot '${snapshotId}' in session ${this.id}; there are ${[...this.#snapshots.keys()].join(", ")}`,
    );
  }

  /** Another session at a place of this one. */
  fork(id: string, { episode, stepCount }: Snapshot): Session {
    const [env] = this.#env.fork();
    env!.restore(episode);
    return new Session({ id, settings: this.settings, createdAt: new Date(), env: env!, stepCount, onStep: this.#onStep });
  }

  /** Ends the session. Requests that wait for a step receive the reason. */
  close(why: ServerError): void {
    this.#closed ??= why;
    this.#running?.cancel(why);
  }

  /** Settled when no step is under way any more. */
  async settled(): Promise<void> {
    await this.#running?.settled;
  }

  /** Gives up a step under way; the episode stands where it stood. */
  cancel(why: ServerError): void {
    this.#running?.cancel(why);
  }

  #here(): Snapshot {
    return { episode: this.#env.snapshot(), stepCount: this.#stepCount };
  }

  #begin(action: Action, requestId: string | undefined, fingerprint: string): SharedTask<StepResponse> {
    const work = new SharedTask((...given) => this.#take({ action, requestId, fingerprint }, ...given));
    return (this.#running = Object.assign(work, { requestId, fingerprint }));
  }

  async #take(
    { action, requestId, fingerprint }: { action: Action; requestId: string | undefined; fingerprint: string },
    ...[signal, done]: Parameters<Work<StepResponse>>
  ): Promise<StepResponse> {
    const before = this.#here();
    const started = performance.now();
    try {
      const result = await this.#env.step(action, { signal });
      const { episode } = this;
      // Waiting requests have the answer that the episode keeps its state.
      if (signal.aborted) {
        this.#env.restore(before.episode);
        throw signal.reason;
      }
      done();
      if (episode !== before.episode) {
        this.#snapshots.set(previous, before);
        this.#stepCount++;
      }
      const answer = { session_id: this.id, step_count: this.#stepCount, ...toEpisodeStatus(result, episode) };
      if (requestId !== undefined) this.#answers.set(requestId, { fingerprint, answer });
      await this.#onStep?.(this, answer, (performance.now() - started) / 1000);
      return answer;
    } finally {
      this.#running = null;
    }
  }

  #refused(reason: string): StepResponse {
    const observation = { text: `Invalid action with error: ${reason}`, messages: [] };
    return { session_id: this.id, step_count: this.#stepCount, ...this.getStatus(), observation, invalid_action: reason };
  }
}

function createBusyError(id: string): ServerError {
  return new ServerError("busy", `a step of session ${id} is under way: wait for its answer before the next one`);
}

function createOverError(id: string): ServerError {
  return new ServerError(
    "episode_over",
    `the episode of session ${id} is over: create another session, or restore a snapshot ('${start}' is its beginning, '${previous}' is before its last step)`,
  );
}
