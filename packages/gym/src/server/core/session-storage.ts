import { ServerError } from "./server-error.ts";
import type { SessionStore } from "./session-document.ts";
import { setTimeout } from "node:timers/promises";

/** Id under which a failing store is tried again. It is not a session. */
const PROBE_ID = "probe";
/** Text of a probe. As large as a common session, since an empty file also fits on a full disk. */
const probeText = " ".repeat(64 * 1024);
/** Milliseconds between probes. */
const PROBE_MS = 1000;
/** Codes of the system for a disk that is full, or a quota that is used up. */
const fullCodes: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

/** Something that happened to the store of a server. */
export type StorageEvent =
  /** A change of a session could not be stored. It was taken back, and its client received status 507 or 503. */
  | { type: "store_failed"; sessionId: string; error: unknown }
  /** Sessions can be stored again. */
  | { type: "store_recovered" };

/** Stores sessions, and knows whether that works. While it does not, a probe is written every second. */
export class SessionStorage {
  readonly #store: SessionStore;
  readonly #emit: (event: StorageEvent) => void;
  readonly #working = new Set<Promise<void>>();
  /** Sessions that are gone, but could not be deleted from the store yet. */
  readonly #undeleted = new Set<string>();
  #failure: ServerError | null = null;
  #timer: NodeJS.Timeout | undefined;
  #probing: Promise<void> | null = null;
  #closed = false;

  constructor(store: SessionStore, emit: (event: StorageEvent) => void) {
    this.#store = store;
    this.#emit = emit;
  }

  /** Reason for which storing fails at present. */
  get failure(): ServerError | null {
    return this.#failure;
  }

  /** Returns the stored sessions. Deletes a probe that a killed server left. */
  async *load(): ReturnType<SessionStore["load"]> {
    for await (const stored of this.#store.load()) {
      if (stored.id === PROBE_ID) await this.discard(PROBE_ID);
      else yield stored;
    }
  }

  /** Checks that storing works. If it failed before, tries it again. @throws ServerError `storage_full`, `storage_failed` */
  async check(): Promise<void> {
    if (this.#failure) await this.#probe();
    if (this.#failure) throw this.#failure;
  }

  /** Stores the text of a session. @throws ServerError `storage_full`, `storage_failed`; then the store holds the old text */
  async put(id: string, text: string): Promise<void> {
    await this.#do(id, () => this.#store.put(id, text));
    this.#recover();
  }

  /** Deletes a session from the store. @throws ServerError `storage_full`, `storage_failed` */
  async delete(id: string): Promise<void> {
    await this.#do(id, () => this.#store.delete(id));
  }

  /** Deletes a session from the store, if necessary later, when the store works again. */
  async discard(id: string): Promise<void> {
    await this.delete(id).catch(() => this.#undeleted.add(id));
  }

  /** Waits until running writes have finished, and releases the store. A store that is still writing after the limit is not released. */
  async close(limitMs: number): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    const idle = Promise.allSettled(this.#working).then(() => true);
    if (await Promise.race([idle, setTimeout(limitMs, false, { ref: false })])) await this.#store.close?.();
  }

  async #do(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await this.#track(work());
    } catch (cause) {
      const failure = this.#fail(cause);
      this.#emit({ type: "store_failed", sessionId: id, error: cause });
      throw failure;
    }
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#working.add(work);
    try {
      await work;
    } finally {
      this.#working.delete(work);
    }
  }

  /** Writes a probe, unless one is being written. */
  #probe(): Promise<void> {
    this.#probing ??= this.#writeProbe().finally(() => (this.#probing = null));
    return this.#probing;
  }

  async #writeProbe(): Promise<void> {
    try {
      await this.#track(this.#store.put(PROBE_ID, probeText));
      await this.#track(this.#store.delete(PROBE_ID));
    } catch (cause) {
      this.#fail(cause);
      return;
    }
    this.#recover();
  }

  #fail(cause: unknown): ServerError {
    this.#failure = createStorageFailure(cause);
    if (!this.#closed) this.#timer ??= setInterval(() => void this.#probe(), PROBE_MS).unref();
    return this.#failure;
  }

  #recover(): void {
    if (!this.#failure) return;
    this.#failure = null;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#emit({ type: "store_recovered" });
    const left = [...this.#undeleted];
    this.#undeleted.clear();
    for (const id of left) void this.discard(id);
  }
}

/** Converts an error of a store. The response names the system's code, but no path of the server. */
function createStorageFailure(cause: unknown): ServerError {
  const reason = findSystemCode(cause);
  const isFull = reason !== null && fullCodes.has(reason);
  const what = isFull ? "the disk of the server is full" : "the server cannot store sessions";
  const message = `${what}${reason === null ? "" : ` (${reason})`}, so the request was taken back and nothing has changed: repeat it later`;
  return new ServerError(isFull ? "storage_full" : "storage_failed", message, { reason, retry_after_s: 1 }, { cause });
}

/** Returns the system's code of an error or of its cause, such as `ENOSPC`. */
function findSystemCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error)) return null;
  if ("code" in thrown && typeof thrown.code === "string" && /^E[A-Z0-9]+$/.test(thrown.code)) return thrown.code;
  return findSystemCode(thrown.cause);
}
