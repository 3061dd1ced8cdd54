import { ServerError } from "./server-error.ts";

/** The sessions that were there, as far as they are remembered: the last 10,000. */
export class Tombstones {
  readonly #why = new Map<string, string>();

  bury(id: string, why: string): void {
    this.#why.set(id, why);
    if (this.#why.size > 10_000) this.#why.delete(this.#why.keys().next().value!);
  }

  /** What is said of a session that is not there: `gone` when it was, `not_found` when nobody remembers it. */
  errorFor(id: string): ServerError {
    const why = this.#why.get(id);
    if (why === undefined) return new ServerError("not_found", `no session '${id}': create one with POST /v1/sessions`);
    return new ServerError("gone", `session '${id}' ${why}; create another with POST /v1/sessions`, { reason: why });
  }
}
