import type { z } from "@hono/zod-openapi";
import { toSessionProgress, toSessionInfo, toStepResponse } from "../core/session-response.ts";
import { isTau2Error } from "@tau2/domains";
import { ServerError } from "../core/server-error.ts";
import type { Session, StepOutcome } from "../core/session.ts";
import type { SessionManager } from "../core/session-manager.ts";
import {
  parseIntent,
  toListedTools,
  toOpenEnvResult,
  toToolResult,
  type Intent,
  type ListedTool,
  type OpenEnvAction,
  type OpenEnvResult,
  type resetSchema,
} from "./messages.ts";

/** State of an OpenEnv client, which plays one episode at a time. */
export interface ConnectionState {
  episode_id: string | null;
  step_count: number;
  [more: string]: unknown;
}

/** The one place in the sessions of a server that an OpenEnv client has: at first none, then the session of its last reset. */
export class OpenEnvConnection {
  readonly #sessions: SessionManager;
  #sessionId: string | null;

  constructor(sessions: SessionManager, sessionId: string | null = null) {
    this.#sessions = sessions;
    this.#sessionId = sessionId;
  }

  get sessionId(): string | null {
    return this.#sessionId;
  }

  /** Begins an episode; the one before is over for this client. @throws as `Sessions.create` */
  async reset({ episode_id, ...request }: z.output<typeof resetSchema>, signal: AbortSignal): Promise<OpenEnvResult> {
    this.leave();
    const metadata = episode_id ? { ...request.metadata, episode_id } : request.metadata;
    const session = await this.#sessions.create({ ...request, metadata }, { signal });
    this.#sessionId = session.id;
    const { domain, task_id } = toSessionInfo(this.#sessions, session);
    return toOpenEnvResult(session.getStatus(), {
      ...toSessionProgress(this.#sessions, session),
      domain,
      task_id,
      ...session.getInstructions(),
    });
  }

  /** Takes a step. After the end nothing happens any more. @throws as `Sessions.step` */
  async step(data: OpenEnvAction, options: { requestId?: string | undefined; signal: AbortSignal }): Promise<OpenEnvResult> {
    const intent = parseIntent(data);
    if (intent.kind === "tools") return { observation: { tools: (await this.tools(options.signal)) as never }, reward: null, done: false };
    return this.act(intent, options);
  }

  /** Takes a step that is known as such. */
  async act(
    { tool, action }: Extract<Intent, { kind: "step" }>,
    { requestId, signal }: { requestId?: string | undefined; signal: AbortSignal },
  ): Promise<OpenEnvResult> {
    const session = await this.#session(signal, tool !== null);
    const answer = await this.#answer(session, { action, requestId, signal });
    const known = toListedTools(session.getInstructions().tools).map(({ name }) => name);
    return toOpenEnvResult(toStepResponse(this.#sessions, answer), tool === null ? {} : toToolResult(tool, answer, known));
  }

  /** Tools of the learner. */
  async tools(signal: AbortSignal): Promise<ListedTool[]> {
    return toListedTools((await this.#session(signal, true)).getInstructions().tools);
  }

  /** Current status of the session. @throws ServerError `not_found`, `gone` */
  state(): ConnectionState {
    if (this.#sessionId === null) return { episode_id: null, step_count: 0 };
    const session = this.#sessions.use(this.#sessionId);
    const { domain, task_id, metadata } = toSessionInfo(this.#sessions, session);
    const { done, termination_reason } = session.getStatus();
    const { episode_id: named } = metadata;
    const episode_id = typeof named === "string" ? named : session.id;
    return { episode_id, ...toSessionProgress(this.#sessions, session), domain, task_id, done, termination_reason };
  }

  /** Gives the session up. */
  leave(): void {
    const id = this.#sessionId;
    this.#sessionId = null;
    if (id !== null && this.#sessions.pool.has(id)) this.#sessions.delete(id);
  }

  /** The session at hand. Clients that only call tools never reset: theirs begins with the first thing that they ask for. */
  async #session(signal: AbortSignal, begin: boolean): Promise<Session> {
    if (this.#sessionId === null && begin) await this.reset({}, signal);
    if (this.#sessionId === null) throw new ServerError("invalid", "the episode has not begun: reset first");
    return this.#sessions.use(this.#sessionId);
  }

  async #answer(session: Session, request: Parameters<SessionManager["step"]>[1]): Promise<StepOutcome> {
    try {
      return await this.#sessions.step(session.id, request);
    } catch (thrown) {
      if (!isTau2Error(thrown, "episode_over")) throw thrown;
      const standing = session.getStatus();
      return { session_id: session.id, step_count: session.stepCount, ...standing, reward: standing.error ? null : 0 };
    }
  }
}
