import { ServerError } from "./server-error.ts";
import type { Session } from "./session.ts";

/** The sessions that were there, as far as they are remembered: the last 10,000. */
class Tombstones {
  readonly #why = new Map<string, string>();

  bury(id: string, why: string): void {
    this.#why.set(id, why);
    if (this.#why.size > 10_000) this.#why.delete(this.#why.keys().next().value!);
  }

  /** Describes a missing session: `gone` when it existed, `not_found` when it is unknown. */
  errorFor(id: string): ServerError {
    const why = this.#why.get(id);
    if (why === undefined) return new ServerError("not_found", `no session '${id}': create one with POST /v1/sessions`);
    return new ServerError("gone", `session '${id}' ${why}; create another with POST /v1/sessions`, { reason: why });
  }
}

/** Limits of the number of sessions and of their idle time. */
export interface SessionPoolOptions {
  maxSessions: number;
  idleTimeoutMs: number;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
  /** Told of each session that is there no more. */
  onGone: (session: Session, reason: "deleted" | "expired") => void;
}

/** The sessions that are there. Places are taken before a session is made, so that there are never too many. */
export class SessionPool {
  readonly #options: SessionPoolOptions;
  /** In the order in which they were last used. */
  readonly #live = new Map<string, { session: Session; usedAt: number }>();
  readonly #tombstones = new Tombstones();
  #reserved = 0;

  constructor(options: SessionPoolOptions) {
    this.#options = options;
  }

  /** Number of sessions, with those about to begin. */
  get active(): number {
    return this.#live.size + this.#reserved;
  }

  get max(): number {
    return this.#options.maxSessions;
  }

  *all(): Generator<Session> {
    for (const { session } of this.#live.values()) yield session;
  }

  /** Takes places for sessions that are about to begin. @throws ServerError `capacity` when there are not so many */
  reserve(count = 1): void {
    this.sweep();
    const { active, max } = this;
    if (active + count <= max) {
      this.#reserved += count;
      return;
    }
    const wanted = count === 1 ? "another" : `${count} more`;
    throw new ServerError(
      "capacity",
      `${active} of ${max} sessions are in use, which leaves too little room for ${wanted}: delete some, or try again later`,
      {
        active_sessions: active,
        max_sessions: max,
        retry_after_s: this.#roomInS(),
      },
    );
  }

  /** Gives places back that were taken and not used. */
  release(count = 1): void {
    this.#reserved -= count;
  }

  /** Adds a session in a place that was taken for it. */
  add(session: Session): void {
    this.#reserved--;
    this.#live.set(session.id, { session, usedAt: this.#options.now() });
  }

  /** A session, for which the time begins anew. @throws ServerError `not_found`, `gone` */
  use(id: string): Session {
    this.sweep();
    const live = this.#live.get(id);
    if (!live) throw this.#tombstones.errorFor(id);
    this.touch(id);
    return live.session;
  }

  has(id: string): boolean {
    return this.#live.has(id);
  }

  /** Lets a session's time begin anew. */
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

  /** Ends a session. */
  remove(session: Session, reason: "deleted" | "expired"): void {
    const idleS = Math.round(this.#options.idleTimeoutMs / 1000);
    this.bury(session.id, reason === "deleted" ? "was deleted" : `has expired after ${idleS} seconds without a request`);
    this.#live.delete(session.id);
    session.close(this.#tombstones.errorFor(session.id));
    this.#options.onGone(session, reason);
  }

  /** Remembers of a session that is not there why it is not. */
  bury(id: string, why: string): void {
    this.#tombstones.bury(id, why);
  }

  /** Ends the sessions that were idle for too long. One with a running step is in use. */
  sweep(): void {
    const last = this.#options.now() - this.#options.idleTimeoutMs;
    for (const { session, usedAt } of this.#live.values()) {
      if (usedAt > last) break;
      if (!session.isBusy) this.remove(session, "expired");
    }
  }

  /** Seconds until there may be room: when the one that waits longest expires, and at most a minute, since others may be deleted. */
  #roomInS(): number {
    const [oldest] = this.#live.keys();
    return Math.min(60, Math.max(1, oldest === undefined ? 1 : this.expiresInS(oldest)));
  }
}
