import type { Counts } from "../counts.ts";

import type { TrajectoryMessage } from "./ledger.ts";

/** Parts of responses that clients look at. Their presence depends on the request. */
export interface ResponseBody {
  session_id: string;
  snapshot_id: string;
  step_count: number;
  done: boolean;
  reward: number | null;
  invalid_action: string | null;
  /** Reason of a refusal; in the answer of a step, the fault of another role, or null. */
  error: { code?: string; reason?: string } | null;
  messages: TrajectoryMessage[];
  changes: unknown[];
  sessions: { session_id: string; metadata: { marker?: string }; done: boolean }[];
  active_sessions: number;
  items: { status: number; result: ResponseBody }[];
}

/** Response to a request. */
export interface ClientResponse {
  status: number;
  /** Empty for a response that is not JSON. */
  body: ResponseBody;
}

/** A client of the REST routes. */
export interface Client {
  readonly url: string;
  /** @throws Error when the signal says so, or the connection breaks */
  ask(
    method: string,
    path: string,
    body?: unknown,
    options?: { signal?: AbortSignal; headers?: Record<string, string> },
  ): Promise<ClientResponse>;
}

/** Counts what it is answered, by status. Text is sent as it is, all else as JSON. */
export function createClient(url: string, statuses: Counts): Client {
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
      return { status: answer.status, body: (isJson ? JSON.parse(text) : {}) as ResponseBody };
    },
  };
}
