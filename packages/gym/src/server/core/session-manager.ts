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
import { exportSession, importSession, type SessionDocument, type SessionStore } from "./session-document.ts";
import type { Session, StepOutcome, StepRequest } from "./session.ts";
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
  /** A session could not be stored; it continues, but would not survive a restart. */
  | { type: "store_failed"; sessionId: string; error: unknown }
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
  readonly #store: SessionStore | null;
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
    this.#store = options.store ?? null;
    this.#emit = options.onEvent ?? (() => {});
  }

  get isDraining(): boolean {
    return this.#draining !== null;
  }

  /**
   * Creates a session, at the learner's first turn.
   * @throws ServerError `capacity`, `draining`, `cancelled`; `upstream_failed` if the counterpart fails before that turn; Tau2Error if the
   * request cannot be played
   */
  async create(request: SessionRequest, { requestId, signal }: RequestOptions = {}): Promise<Session> {
    this.#requireOpen();
    const key = requestId === undefined ? undefined : `create ${requestId}`;
    const [id] = await this.#creations.run(key, request, signal, async (taskSignal) => {
      this.pool.reserve();
      const { registry, counterparts } = this;
      const options = { registry, counterparts, defaults: this.#defaults, signal: taskSignal, onStep: this.#onStep };
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
    const session = this.use(id);
    const snapshotId = session.createSnapshot();
    await this.#save(session);
    return snapshotId;
  }

  /** Restores a snapshot of a session. */
  async restore(id: string, snapshotId: string): Promise<Session> {
    this.#requireOpen();
    const session = this.use(id);
    session.restore(snapshotId);
    await this.#save(session);
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
      await Promise.all(ids.map((forkId) => this.#addReserved(() => session.fork(forkId, snapshot), "forked")));
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
    return exportSession(session, this.registry.get(session.settings.domain));
  }

  /** Imports a session from a document, under a new id. @throws Tau2Error for another document, or one that does not replay */
  async import(document: unknown): Promise<Session> {
    this.#requireOpen();
    this.pool.reserve();
    return this.#addReserved(() => importSession(document, this.#parts(randomUUID())), "imported");
  }

  /** Deletes a session and cancels its running step. */
  delete(id: string): void {
    this.pool.remove(this.use(id), "deleted");
  }

  /** Restores the sessions of the store. A session that cannot be restored stays there, and an event reports it. */
  async restoreAll(): Promise<void> {
    for await (const { id, read } of this.#store?.load() ?? []) {
      try {
        const document = parseStored(await read());
        this.pool.reserve();
        await this.#addReserved(() => importSession(document, this.#parts(id)), "restored");
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
    let session: Session;
    try {
      session = await create();
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

  readonly #onStep = async (session: Session, { done, reward, error }: StepOutcome, seconds: number): Promise<void> => {
    const { domain } = session.settings;
    this.#emit({ type: "step_taken", sessionId: session.id, domain, seconds, done, reward, fault: error });
    await this.#save(session);
  };

  async #save(session: Session): Promise<void> {
    if (!this.#store) return;
    try {
      await this.#store.put(session.id, redactText(stringifyJson(exportSession(session, this.registry.get(session.settings.domain)))));
      // The session may have been deleted meanwhile.
      if (!this.pool.has(session.id)) await this.#store.delete(session.id);
    } catch (error) {
      this.#emit({ type: "store_failed", sessionId: session.id, error });
    }
  }

  #onRemoved(session: Session, reason: "deleted" | "expired"): void {
    this.#emit({ type: "session_closed", sessionId: session.id, domain: session.settings.domain, reason });
    this.#store?.delete(session.id).catch((error: unknown) => this.#emit({ type: "store_failed", sessionId: session.id, error }));
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
