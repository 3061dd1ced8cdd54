import type { FaultResponse, GradeResponse, StepResponse } from "../wire/response-schemas.ts";
import { evaluateEpisode, type EvaluationOptions } from "./episode-response.ts";
import type { Mode } from "../wire/request-schemas.ts";
import type { SettingsDefaults } from "./settings.ts";
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { Tau2Error, type Domain } from "@tau2/domains";
import { parseJson, redactText, stringifyJson } from "@tau2/domains/internal";
import { episodeDefaults } from "@tau2/orchestrator/defaults";
import { startSession, type SessionRequest } from "./start-session.ts";
import { createCounterparts, type Counterparts, type CounterpartOptions } from "./counterparts.ts";
import { IdempotentTasks, type SharedTask } from "./idempotency.ts";
import { SessionPool } from "./session-pool.ts";
import { ServerError } from "./server-error.ts";
import { SessionStorage, type StorageEvent } from "./session-storage.ts";
import { exportSession, importSession, type SessionDocument, type SessionStore } from "./session-document.ts";
import type { Session, SessionPersistence, SessionState, StepOutcome, StepRequest } from "./session.ts";
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
  /** A stored session could not be restored. It stays in the store. */
  | { type: "session_unreadable"; sessionId: string; error: unknown }
  | StorageEvent
  /** A request failed because of a bug or fault of the server. The client received status 500. */
  | { type: "internal_error"; error: unknown };

/** Options of {@link SessionManager}. */
export interface SessionManagerOptions extends CounterpartOptions {
  /** Domains of the server. */
  domains: readonly Domain[];
  /** Source of the domains' data, see `loadData` of `@tau2/domains/data`. */
  dataDir?: string | null | undefined;
  /** Largest number of sessions. Default 1000. */
  maxSessions?: number | undefined;
  /** Milliseconds without a request after which a session expires. Default 15 minutes. */
  idleTimeoutMs?: number | undefined;
  /** Defaults of sessions. By default 100 steps, 10 errors, and ten minutes for a turn of the counterpart. */
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

/** All sessions of a server, independent of the protocol. */
export class SessionManager {
  readonly registry: DomainRegistry;
  readonly counterparts: Counterparts;
  readonly pool: SessionPool;
  readonly #defaults: SettingsDefaults;
  readonly #storage: SessionStorage | null;
  readonly #persistence: SessionPersistence | undefined;
  readonly #emit: (event: ServerEvent) => void;
  /** Ids of the sessions that each request creates. */
  readonly #creations = new IdempotentTasks<string[]>();
  readonly #evaluations = new IdempotentTasks<GradeResponse>();
  /** Error for new work once the server drains. */
  #draining: ServerError | null = null;

  /** @throws Tau2Error when a counterpart or a limit is wrong */
  constructor(options: SessionManagerOptions) {
    const { domains, dataDir, maxSessions = 1000, idleTimeoutMs = 900_000, now = () => performance.now() } = options;
    this.registry = createDomainRegistry(domains, dataDir);
    this.counterparts = createCounterparts(options);
    this.pool = new SessionPool({ maxSessions, idleTimeoutMs, now, onRemoved: (session, reason) => this.#onRemoved(session, reason) });
    this.#defaults = { ...episodeDefaults, ...options.defaults };
    this.#emit = options.onEvent ?? (() => {});
    const storage = options.store ? new SessionStorage(options.store, this.#emit) : null;
    this.#storage = storage;
    this.#persistence = storage
      ? { check: () => storage.check(), save: (session, state) => this.#save(storage, session, state) }
      : undefined;
  }

  get isDraining(): boolean {
    return this.#draining !== null;
  }

  /** Reason for which sessions cannot be stored at present; null if they can be, or if they are not stored. */
  get storageFailure(): ServerError | null {
    return this.#storage?.failure ?? null;
  }

  /**
   * Creates a session, at the learner's first turn.
   * @throws ServerError `capacity`, `draining`, `cancelled`, `storage_full`, `storage_failed`; `upstream_failed` if the counterpart fails before that turn; Tau2Error if the
   * request cannot be played
   */
  async create(request: SessionRequest, { requestId, signal }: RequestOptions = {}): Promise<Session> {
    this.#requireOpen();
    const key = requestId === undefined ? undefined : `create ${requestId}`;
    const [id] = await this.#creations.run(key, request, signal, async (taskSignal) => {
      await this.#storage?.check();
      this.pool.reserve();
      const options = { ...this.#context, defaults: this.#defaults, signal: taskSignal };
      const session = await this.#addReserved(() => startSession(request, options), "created");
      if (!taskSignal.aborted) return [session.id];
      this.pool.remove(session, "deleted");
      throw taskSignal.reason;
    });
    return this.use(id!);
  }

  /** Returns a session and restarts its idle time. @throws ServerError `not_found`, `gone` */
  use(id: string): Session {
    return this.pool.use(id);
  }

  /** Takes a step in a session. @throws ServerError as `Session.step`, and `draining`, `not_found`, `gone` */
  async step(id: string, request: StepRequest): Promise<StepResponse> {
    this.#requireOpen();
    const session = this.use(id);
    let outcome: StepOutcome;
    try {
      outcome = await session.step(request);
    } finally {
      this.pool.touch(id);
    }
    return { ...outcome, expires_in_s: this.pool.expiresInS(id) };
  }

  /** Creates a snapshot of a session and returns its id. */
  async createSnapshot(id: string): Promise<string> {
    this.#requireOpen();
    return this.use(id).createSnapshot();
  }

  /** Restores a snapshot of a session. */
  async restore(id: string, snapshotId: string): Promise<Session> {
    this.#requireOpen();
    const session = this.use(id);
    await session.restore(snapshotId);
    return session;
  }

  /** Forks a session or one of its snapshots. Creates all `count` forks, or none if the server does not have room for all. */
  async fork(
    id: string,
    { count = 1, snapshotId, requestId }: { count?: number | undefined; snapshotId?: string | undefined } & RequestOptions,
  ): Promise<Session[]> {
    this.#requireOpen();
    const session = this.use(id);
    const key = requestId === undefined ? undefined : `fork ${id} ${requestId}`;
    const forks = await this.#creations.run(key, { count, snapshotId }, undefined, async () => {
      const snapshot = session.getSnapshot(snapshotId);
      this.pool.reserve(count);
      const ids = Array.from({ length: count }, () => randomUUID());
      await this.#addAllReserved(count, () => ids.map((forkId) => session.fork(forkId, snapshot)), "forked");
      return ids;
    });
    return forks.map((fork) => this.use(fork));
  }

  /** Grades the episode of a session, see `evaluateEpisode`. @throws ServerError `draining`; errors of `evaluateEpisode` */
  async evaluate({ episode }: Session, { type, signal }: EvaluationOptions): Promise<GradeResponse> {
    this.#requireOpen();
    return this.#evaluations.run(undefined, null, signal, (taskSignal) => evaluateEpisode(episode, { type, signal: taskSignal }));
  }

  /** Exports a session as a document. */
  export(id: string): SessionDocument {
    const session = this.use(id);
    return exportSession(session, session.state, this.registry.get(session.settings.domain));
  }

  /** Imports a session from a document, under a new id. @throws Tau2Error for another document, or one that does not replay */
  async import(document: unknown): Promise<Session> {
    this.#requireOpen();
    this.pool.reserve();
    return this.#addReserved(() => importSession(document, { ...this.#context, id: randomUUID() }), "imported");
  }

  /** Deletes a session and cancels its running step. @throws ServerError `storage_full`, `storage_failed`; then the session stays */
  async delete(id: string): Promise<void> {
    this.use(id);
    await this.#storage?.delete(id);
    this.discard(id);
  }

  /** Deletes a session whose client has left. If the store fails, its stored text is deleted later. */
  discard(id: string): void {
    this.pool.remove(this.use(id), "deleted");
  }

  /** Restores the sessions of the store. A session that cannot be restored stays there, and an event reports it. */
  async restoreAll(): Promise<void> {
    for await (const { id, read } of this.#storage?.load() ?? []) {
      try {
        const document = parseStored(await read());
        this.pool.reserve();
        await this.#addReserved(() => importSession(document, { ...this.#context, id }), "restored");
      } catch (error) {
        this.pool.bury(id, "could not be restored after a restart");
        this.#emit({ type: "session_unreadable", sessionId: id, error });
      }
    }
  }

  /** Refuses new work and waits for running work up to the limit. Then the rest is cancelled; its sessions keep their last state. */
  async drain(deadlineMs: number): Promise<void> {
    this.#draining ??= new ServerError("draining", "the server is about to stop: repeat the request after its restart", {
      retry_after_s: 5,
    });
    const stop = new AbortController();
    const timeout = setTimeout(deadlineMs, undefined, { signal: stop.signal }).catch(() => {});
    await Promise.race([this.#waitForWork(), timeout]);
    stop.abort();
    for (const session of this.pool.all()) session.cancelStep(this.#draining);
    for (const task of this.#getTasks()) task.cancel(this.#draining);
    await Promise.race([this.#waitForWork(), setTimeout(graceMs)]);
  }

  /** Releases the store, after the drain. */
  async close(): Promise<void> {
    await this.#storage?.close(graceMs);
  }

  async #waitForWork(): Promise<void> {
    const sessions = [...this.pool.all()].filter(({ isBusy }) => isBusy).map((session) => session.waitForStep());
    await Promise.all([...sessions, ...this.#getTasks().map(({ settled }) => settled)]);
  }

  /** Returns running work, apart from steps. */
  #getTasks(): Pick<SharedTask<unknown>, "settled" | "cancel">[] {
    return [...this.#creations.running, ...this.#evaluations.running];
  }

  /** Creates a session for which room is reserved, and adds it. */
  async #addReserved(create: () => Session | Promise<Session>, origin: Origin): Promise<Session> {
    const [session] = await this.#addAllReserved(1, async () => [await create()], origin);
    return session!;
  }

  /** Creates sessions for which room is reserved, and adds them once all are stored. */
  async #addAllReserved(count: number, create: () => Session[] | Promise<Session[]>, origin: Origin): Promise<Session[]> {
    let created: Session[];
    try {
      created = await create();
      if (origin !== "restored") await this.#saveAll(created);
    } catch (error) {
      this.pool.release(count);
      throw error;
    }
    for (const session of created) {
      const { domain, mode } = session.settings;
      this.pool.add(session);
      this.#emit({ type: "session_opened", sessionId: session.id, domain, mode, origin });
    }
    return created;
  }

  get #context() {
    return { registry: this.registry, counterparts: this.counterparts, onStep: this.#onStep, persistence: this.#persistence };
  }

  readonly #onStep = (session: Session, { done, reward, error }: StepOutcome, seconds: number): void => {
    const { domain } = session.settings;
    this.#emit({ type: "step_taken", sessionId: session.id, domain, seconds, done, reward, fault: error });
  };

  /** Stores new sessions: all, or none. */
  async #saveAll(sessions: readonly Session[]): Promise<void> {
    const storage = this.#storage;
    if (!storage) return;
    const saved = await Promise.allSettled(sessions.map((session) => this.#save(storage, session, session.state)));
    const failed = saved.find(({ status }) => status === "rejected");
    if (!failed) return;
    await Promise.all(sessions.filter((_, i) => saved[i]!.status === "fulfilled").map(({ id }) => storage.discard(id)));
    throw (failed as PromiseRejectedResult).reason;
  }

  async #save(storage: SessionStorage, session: Session, state: SessionState): Promise<void> {
    const document = exportSession(session, state, this.registry.get(session.settings.domain));
    await storage.put(session.id, redactText(stringifyJson(document)));
    // The session may have been deleted meanwhile.
    if (session.isClosed) await storage.discard(session.id);
  }

  #onRemoved(session: Session, reason: "deleted" | "expired"): void {
    this.#emit({ type: "session_closed", sessionId: session.id, domain: session.settings.domain, reason });
    void this.#storage?.discard(session.id);
  }

  #requireOpen(): void {
    if (this.#draining) throw this.#draining;
  }
}

/** Parses a stored document. The error does not quote the text, which may be of any file. @throws Tau2Error `invalid` */
function parseStored(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new Tau2Error("invalid", "its file is not JSON");
  }
}
