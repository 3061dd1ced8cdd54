import type { Domain, UserMessage } from "@tau2/domains";
import { mock } from "@tau2/domains/mock";
import type { NlJudge } from "@tau2/orchestrator/evaluate";
import { ModelError, type UserSimulator, type UserTurn } from "@tau2/user-sim";
import { expect } from "vitest";
import { startServer, type ServerEvent, type ServerOptions } from "../src/server/index.ts";
import { chores, userSaying } from "./chores.ts";
import { checkResponse } from "./response-check.ts";

/** The to-dos of `chores` as a domain that a server can have. */
export const choresDomain: Domain = {
  ...(mock as unknown as Domain),
  name: "chores",
  files: null,
  data: () => ({
    db: chores.db,
    userDb: chores.userDb,
    policy: chores.policy,
    soloPolicy: chores.soloPolicy ?? "",
    tasks: chores.tasks(),
    splits: { train: ["milk", "note"], test: ["resumed"] },
  }),
};

export interface Answered {
  status: number;
  headers: Headers;
  // What routes answer is for each test to look at.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** A user who answers when the test says so, and remembers who gave up waiting. */
export function slowUser() {
  const waiting: { say(content: string): void; turn: UserTurn }[] = [];
  const given: { up: number } = { up: 0 };
  const user: UserSimulator = {
    implementation: "slow_user",
    model: null,
    respond: (turn) =>
      new Promise<UserMessage>((resolve) => {
        turn.signal?.addEventListener("abort", () => given.up++);
        waiting.push({ turn, say: (content) => resolve({ role: "user", content, tool_calls: null }) });
      }),
  };
  return { user, waiting, given };
}

/** A judge who finds for the agent when the test says so, and remembers who gave up waiting. */
export function slowJudge() {
  const asked: { approve(): void }[] = [];
  const given: { up: number } = { up: 0 };
  const judge: NlJudge = {
    judge: ({ assertions, signal }) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener("abort", () => {
          given.up++;
          reject(new ModelError("cancelled", "not waited for"));
        });
        asked.push({
          approve: () =>
            resolve({
              verdicts: assertions.map(() => ({ met: true, justification: "" })),
              effort: { model: "script", attempts: 1, cost: 0, usage: null },
            }),
        });
      }),
  };
  return { judge, asked, given };
}

/** Waits until something holds; a test that waits in vain runs into its time limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

/** A server with `chores`, its clients, and what happened in it. Stops at the end of the test, which fails when the server itself did. */
export async function testServer(options: Partial<ServerOptions> = {}) {
  const events: ServerEvent[] = [];
  const server = await startServer({
    domains: [choresDomain],
    users: { chatty: userSaying("Milk, please.", "Is it done?", "Really?") },
    ...options,
    onEvent: (event) => events.push(event),
  });

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const answer = await fetch(server.url + path, { method, headers: { ...type, ...headers }, ...sent });
    const text = await answer.text();
    const contentType = answer.headers.get("content-type") ?? "";
    if (contentType.startsWith("application/json")) checkResponse(method, path, answer.status, JSON.parse(text));
    return {
      status: answer.status,
      headers: answer.headers,
      body: contentType.includes("json") ? (JSON.parse(text) as unknown) : text,
    };
  }

  return {
    server,
    events,
    call,
    get: (path: string) => call("GET", path),
    post: (path: string, body?: unknown) => call("POST", path, body),
    /** A new session of the task `milk`. */
    async create(request: object = {}): Promise<string> {
      const answer = await call("POST", "/v1/sessions", { task_id: "milk", user: "chatty", ...request });
      expect(answer).toMatchObject({ status: 201 });
      return (answer.body as { session_id: string }).session_id;
    },
    step: (id: string, action: unknown, more: object = {}) => call("POST", `/v1/sessions/${id}/step`, { action, ...more }),
    async [Symbol.asyncDispose]() {
      await server.close();
      expect(events.filter(({ type }) => type === "internal_error")).toEqual([]);
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof testServer>>;
