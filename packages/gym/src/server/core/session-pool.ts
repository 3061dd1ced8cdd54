import { ServerError } from "./server-error.ts";
import type { Session } from "./session.ts";

/** Reasons for which sessions ended. Holds the last 10,000. */
class Tombstones {
  readonly #reasons = new Map<string, string>();

  bury(id: string, reason: string): void {
    this.#reasons.set(id, reason);
    if (this.#reasons.size > 10_000) this.#reasons.delete(this.#reasons.keys().next().value!);
  }

  /** Returns the error for a missing session: `gone` if it existed, else `not_found`. */
  createError(id: string): ServerError {
    const reason = this.#reasons.get(id);
    if (reason === undefined) return new ServerError("not_found", `no session '${id}': create one with POST /v1/sessions`);
    return new ServerError("gone", `session '${id}' ${reason}; create another with POST /v1/sessions`, { reason });
  }
}

/** Limits of the number of sessions and of their idle time. */
export interface SessionPoolOptions {
  maxSessions: number;
  idleTimeoutMs: number;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
  /** Called when a session is removed. */
  onRemoved: (session: Session, reason: "deleted" | "expired") => void;
}

/** Live sessions. Room is reserved before a session is created, so that the limit is never exceeded. */
export class SessionPool {
  readonly #options: SessionPoolOptions;
  /** Sessions in the order of their last use. */
  readonly #live = new Map<string, { session: Session; usedAt: number }>();
  readonly #tombstones = new Tombstones();
  #reserved = 0;

  constructor(options: SessionPoolOptions) {
    this.#options = options;
  }

  /** Number of sessions, including those that are being created. */
  get active(): number {
    return this.#live.size + this.#reserved;
  }

  get max(): number {
    return this.#options.maxSessions;
  }

  *all(): Generator<Session> {
    for (const { session } of this.#live.values()) yield session;
  }

  /** Reserves room for new sessions. @throws ServerError `capacity` if the limit would be exceeded */
  reserve(count = 1): void {
    this.sweep();
    const { active, max } = this;
    if (active + count <= max) {
      this.#reserved += count;
      return;
    }
    const wanted = count === 1 ? "another one" : `${count} more`;
    throw new ServerError(
      "capacity",
      `${active} of ${max} sessions are in use, which does not leave room for ${wanted}: delete some, or try again later`,
      {
        active_sessions: active,
        max_sessions: max,
        retry_after_s: this.#estimateRoomInS(),
      },
    );
  }

  /** Releases reserved room that was not used. */
  release(count = 1): void {
    this.#reserved -= count;
  }

  /** Adds a session for which room is reserved. */
  add(session: Session): void {
    this.#reserved--;
    this.#live.set(session.id, { session, usedAt: this.#options.now() });
  }

  /** Returns a session and restarts its idle time. @throws ServerError `not_found`, `gone` */
  use(id: string): Session {
    this.sweep();
    const live = this.#live.get(id);
    if (!live) throw this.#tombstones.createError(id);
    this.touch(id);
    return live.session;
  }

  has(id: string): boolean {
    return this.#live.has(id);
  }

  /** Restarts the idle time of a session. */
  touch(id: string): void {
    const live = this.#live.get(id);
    if (!live) return;
    this.#live.delete(id);
    this.#live.set(id, { session: live.session, usedAt: this.#options.now() });
  }

  /** Returns the whole seconds until a session expires without a request. */
  expiresInS(id: string): number {
    const live = this.#live.get(id);
    return live ? Math.max(0, Math.floor((live.usedAt + this.#options.idleTimeoutMs - this.#options.now()) / 1000)) : 0;
  }

  /** Removes and closes a session. */
  remove(session: Session, reason: "deleted" | "expired"): void {
    const idleS = Math.round(this.#options.idleTimeoutMs / 1000);
    this.bury(session.id, reason === "deleted" ? "was deleted" : `has expired after ${idleS} seconds without a request`);
    this.#live.delete(session.id);
    session.close(this.#tombstones.createError(session.id));
    this.#options.onRemoved(session, reason);
  }

  /** Remembers the reason for which a session ended. */
  bury(id: string, reason: string): void {
    this.#tombstones.bury(id, reason);
  }

  /** Removes the sessions that were idle for too long. A session with a running step is not idle. */
  sweep(): void {
    const last = this.#options.now() - this.#options.idleTimeoutMs;
    for (const { session, usedAt } of this.#live.values()) {
      if (usedAt > last) break;
      if (!session.isBusy) this.remove(session, "expired");
    }
  }

  /** Returns the seconds until the oldest session expires, at most 60, because others may be deleted earlier. */
  #estimateRoomInS(): number {
    const [oldest] = this.#live.keys();
    return Math.min(60, Math.max(1, oldest === undefined ? 1 : this.expiresInS(oldest)));
  }
}
