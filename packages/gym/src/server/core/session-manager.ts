import { type FaultResponse, evaluateEpisode, type EvaluationResponse, type EvaluationOptions } from "./episode-response.ts";
import type { Mode } from "../wire/request-schemas.ts";
import type { SettingsDefaults } from "./settings.ts";
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Domain } from "@tau2/domains";
import { episodeDefaults } from "@tau2/orchestrator/internal";
import { startSession, type SessionRequest } from "./start-session.ts";
import { createCounterparts, type Counterparts, type CounterpartOptions } from "./counterparts.ts";
import { IdempotentTasks, type SharedTask } from "./idempotency.ts";
import { SessionPool } from "./session-pool.ts";
import { ServerError } from "./server-error.ts";
import { exportSession, importSession, type SessionDocument, type SessionStore } from "./session-document.ts";
import type { Session, StepResponse, StepRequest } from "./session.ts";
import { createDomainRegistry, type DomainRegistry } from "./domain-registry.ts";

/** Origin of a session. */
export type Origin = "created" | "forked" | "imported" | "restored";

/** Something that happened in a server, for metrics and logs. */
export type ServerEvent =
  | { type: "session_opened"; sessionId: string; domain: string; mode: Mode; origin: Origin }
  | { type: "session_closed"; sessionId: string; domain: string; reason: "deleted" | "expired" }
  | {
      type: "step_taken";
      sessionId: string;
      domain: string;
      seconds: number;
      done: boolean;
      reward: number | null;
      fault: FaultResponse | null;
    }
  /** A session of the store that could not be brought back; it is left where it is. */
  | { type: "session_unreadable"; sessionId: string; error: unknown }
  /** A session could not be stored; it continues, but would not survive a restart. */
  | { type: "store_failed"; sessionId: string; error: unknown }
  /** A fault of the server itself, which a client received as such. */
  | { type: "internal_error"; error: unknown };

/** Options of {@link SessionManager}. */
export interface SessionManagerOptions extends CounterpartOptions {
  /** Domains of the server. */
  domains: readonly Domain[];
  /** Source of the domains' data, see `loadData` of `@tau2/domains/data`. */
  dataDir?: string | null | undefined;
  /** By default 1000. */
  maxSessions?: number | undefined;
  /** Milliseconds without a request after which a session expires. Default 15 minutes. */
  idleTimeoutMs?: number | undefined;
  /** Defaults of sessions: 100 steps, 10 errors and ten minutes for a turn of the counterpart. */
  defaults?: Partial<SettingsDefaults> | undefined;
  /** Keeps sessions over a restart. */
  store?: SessionStore | null | undefined;
  onEvent?: ((event: ServerEvent) => void) | undefined;
  /** Milliseconds of a monotonic clock. */
  now?: (() => number) | undefined;
}

/** Signal and id of a request. */
export interface RequestOptions {
  requestId?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Milliseconds to wait for cancelled work, which may ignore its signal. */
const graceMs = 1000;

/** All sessions of a server. Knows nothing of how clients reach it. */
export class SessionManager {
  readonly registry: DomainRegistry;
  readonly counterparts: Counterparts;
  readonly pool: SessionPool;
  readonly #defaults: SettingsDefaults;
  readonly #store: SessionStore | null;
  readonly #emit: (event: ServerEvent) => void;
  /** Sessions about to begin, by their ids. */
  readonly #creations = new IdempotentTasks<string[]>();
  readonly #evaluations = new IdempotentTasks<EvaluationResponse>();
  #draining: ServerError | null = null;

  /** @throws Tau2Error when a counterpart or a limit is wrong */
  constructor(options: SessionManagerOptions) {
    const { domains, dataDir, maxSessions = 1000, idleTimeoutMs = 900_000, now = () => performance.now() } = options;
    this.registry = createDomainRegistry(domains, dataDir);
    this.counterparts = createCounterparts(options);
    this.pool = new SessionPool({ maxSessions, idleTimeoutMs, now, onGone: (session, reason) => this.#gone(session, reason) });
    this.#defaults = { ...episodeDefaults, ...options.defaults };
    this.#store = options.store ?? null;
    this.#emit = options.onEvent ?? (() => {});
  }

  get isDraining(): boolean {
    return this.#draining !== null;
  }

  /**
   * Begins a session, at the learner's first turn.
   * @throws ServerError `capacity`, `draining`, `cancelled`, and `upstream_failed` when the counterpart fails before that turn; Tau2Error for a
   * request that cannot be played
   */
  async create(request: SessionRequest, { requestId, signal }: RequestOptions = {}): Promise<Session> {
    this.#requireOpen();
    const key = requestId === undefined ? undefined : `create ${requestId}`;
    const [id] = await this.#creations.run(key, request, signal, async (given) => {
      this.pool.reserve();
      const { registry, counterparts } = this;
      const options = { registry, counterparts, defaults: this.#defaults, signal: given, onStep: this.#onStep };
      const session = await this.#place(() => startSession(request, options), "created");
      if (!given.aborted) return [session.id];
      this.pool.remove(session, "deleted");
      throw given.reason;
    });
    return this.use(id!);
  }

  /** A session, for which the time begins anew. @throws ServerError `not_found`, `gone` */
  use(id: string): Session {
    return this.pool.use(id);
  }

  /** Takes a step in a session. @throws as `Session.step`; ServerError `draining`, `not_found`, `gone` */
  async step(id: string, request: StepRequest): Promise<StepResponse> {
    this.#requireOpen();
    const session = this.use(id);
    try {
      return await session.step(request);
    } finally {
      this.pool.touch(id);
    }
  }

  /** Keeps the place where a session stands, and tells its id. */
  async snapshot(id: string): Promise<string> {
    this.#requireOpen();
    const session = this.use(id);
    const snapshotId = session.snapshot();
    await this.#save(session);
    return snapshotId;
  }

  /** Goes back to a place in a session. */
  async restore(id: string, snapshotId: string): Promise<Session> {
    this.#requireOpen();
    const session = this.use(id);
    session.restore(snapshotId);
    await this.#save(session);
    return session;
  }

  /** Forks a session, or one of its snapshots, a number of times. Creates all of them, or none when there is not enough room. */
  async fork(
    id: string,
    { count, snapshotId, requestId }: { count: number; snapshotId?: string | undefined } & RequestOptions,
  ): Promise<Session[]> {
    this.#requireOpen();
    const session = this.use(id);
    const key = requestId === undefined ? undefined : `fork ${id} ${requestId}`;
    const forks = await this.#creations.run(key, { count, snapshotId }, undefined, async () => {
      const place = session.getSnapshot(snapshotId);
      this.pool.reserve(count);
      const ids = Array.from({ length: count }, () => randomUUID());
      await Promise.all(ids.map((forkId) => this.#place(() => session.fork(forkId, place), "forked")));
      return ids;
    });
    return forks.map((fork) => this.use(fork));
  }

  /** The grade of a session's episode, or what it would be if its learner stopped here. @throws as `evaluateEpisode`; ServerError `draining` */
  async evaluate({ episode }: Session, { type, signal }: EvaluationOptions): Promise<EvaluationResponse> {
    this.#requireOpen();
    return this.#evaluations.run(undefined, null, signal, (given) => evaluateEpisode(episode, { type, signal: given }));
  }

  /** A session as a document. */
  export(id: string): SessionDocument {
    const session = this.use(id);
    return exportSession(session, this.registry.get(session.settings.domain));
  }

  /** Restores a session from a document, under an id of its own. @throws Tau2Error for another document, or one that does not replay */
  async import(document: unknown): Promise<Session> {
    this.#requireOpen();
    this.pool.reserve();
    return this.#place(() => importSession(document, this.#parts(randomUUID())), "imported");
  }

  /** Ends a session; a step under way is given up. */
  delete(id: string): void {
    this.pool.remove(this.use(id), "deleted");
  }

  /** Restores the sessions of the store. A session that cannot be restored stays there, and an event reports it. */
  async restoreAll(): Promise<void> {
    for await (const { id, text } of this.#store?.load() ?? []) {
      try {
        this.pool.reserve();
        await this.#place(() => importSession(JSON.parse(text), this.#parts(id)), "restored");
      } catch (error) {
        this.pool.bury(id, "could not be brought back after a restart");
        this.#emit({ type: "session_unreadable", sessionId: id, error });
      }
    }
  }

  /** Refuses new work, and waits for running work up to the limit. The rest is cancelled and keeps its last state. */
  async drain(deadlineMs: number): Promise<void> {
    this.#draining ??= new ServerError("draining", "the server is about to stop: ask again when it is back", { retry_after_s: 5 });
    const stop = new AbortController();
    const late = setTimeout(deadlineMs, undefined, { signal: stop.signal }).catch(() => {});
    await Promise.race([this.#idle(), late]);
    stop.abort();
    for (const session of this.pool.all()) session.cancel(this.#draining);
    for (const work of this.#underWay()) work.cancel(this.#draining);
    await Promise.race([this.#idle(), setTimeout(graceMs)]);
  }

  async #idle(): Promise<void> {
    const sessions = [...this.pool.all()].filter(({ isBusy }) => isBusy).map((session) => session.settled());
    await Promise.all([...sessions, ...this.#underWay().map(({ settled }) => settled)]);
  }

  /** Running work, apart from steps. */
  #underWay(): Pick<SharedTask<unknown>, "settled" | "cancel">[] {
    return [...this.#creations.underWay, ...this.#evaluations.underWay];
  }

  /** Makes a session in a place that was taken for it. */
  async #place(make: () => Session | Promise<Session>, origin: Origin): Promise<Session> {
    let session: Session;
    try {
      session = await make();
    } catch (error) {
      this.pool.release();
      throw error;
    }
    await this.#add(session, origin);
    return session;
  }

  async #add(session: Session, origin: Origin): Promise<void> {
    const { domain, mode } = session.settings;
    this.pool.add(session);
    this.#emit({ type: "session_opened", sessionId: session.id, domain, mode, origin });
    if (origin !== "restored") await this.#save(session);
  }

  #parts(id: string) {
    return { registry: this.registry, counterparts: this.counterparts, id, onStep: this.#onStep };
  }

  readonly #onStep = async (session: Session, { done, reward, error }: StepResponse, seconds: number): Promise<void> => {
    const { domain } = session.settings;
    this.#emit({ type: "step_taken", sessionId: session.id, domain, seconds, done, reward, fault: error });
    await this.#save(session);
  };

  async #save(session: Session): Promise<void> {
    if (!this.#store) return;
    try {
      await this.#store.put(session.id, JSON.stringify(exportSession(session, this.registry.get(session.settings.domain))));
      // It may have gone while it was written.
      if (!this.pool.has(session.id)) await this.#store.delete(session.id);
    } catch (error) {
      this.#emit({ type: "store_failed", sessionId: session.id, error });
    }
  }

  #gone(session: Session, reason: "deleted" | "expired"): void {
    this.#emit({ type: "session_closed", sessionId: session.id, domain: session.settings.domain, reason });
    this.#store?.delete(session.id).catch((error: unknown) => this.#emit({ type: "store_failed", sessionId: session.id, error }));
  }

  #requireOpen(): void {
    if (this.#draining) throw this.#draining;
  }
}
