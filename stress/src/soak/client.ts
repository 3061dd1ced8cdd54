import type { Counts } from "../counts.ts";

import type { Said } from "./ledger.ts";

/** The parts of answers that clients look at. Which of them are there depends on what was asked. */
export interface Body {
  session_id: string;
  snapshot_id: string;
  step_count: number;
  done: boolean;
  reward: number | null;
  invalid_action: string | null;
  /** Why a request was refused; in the answer of a step, the fault of somebody else, or null. */
  error: { code?: string; reason?: string } | null;
  messages: Said[];
  changes: unknown[];
  sessions: { session_id: string; metadata: { marker?: string }; done: boolean }[];
  active_sessions: number;
  items: { status: number; result: Body }[];
}

/** What a request was answered with. */
export interface Answer {
  status: number;
  /** Empty where the answer is no JSON. */
  body: Body;
}

/** A client of the REST routes. */
export interface Client {
  readonly url: string;
  /** @throws Error when the signal says so, or the connection breaks */
  ask(method: string, path: string, body?: unknown, options?: { signal?: AbortSignal; headers?: Record<string, string> }): Promise<Answer>;
}

/** Counts what it is answered, by status. Text is sent as it is, all else as JSON. */
export function clientOf(url: string, statuses: Counts): Client {
  return {
    url,
    async ask(method, path, body, { signal, headers = {} } = {}) {
      const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
      const answer = await fetch(url + path, {
        method,
        headers: { ...type, ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      });
      const text = await answer.text();
      statuses.add(String(answer.status));
      const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
      return { status: answer.status, body: (isJson ? JSON.parse(text) : {}) as Body };
    },
  };
}
