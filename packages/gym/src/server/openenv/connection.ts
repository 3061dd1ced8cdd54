import type { z } from "@hono/zod-openapi";
import { toSessionProgress, toSessionInfo } from "../core/session-response.ts";
import { isTau2Error } from "@tau2/domains";
import { ServerError } from "../core/server-error.ts";
import type { Session } from "../core/session.ts";
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
import type { StepResponse } from "../wire/response-schemas.ts";

/** State of the episode of an OpenEnv client. */
export interface ConnectionState {
  episode_id: string | null;
  step_count: number;
  [more: string]: unknown;
}

/** Connection of an OpenEnv client. It has one session at a time, which each reset replaces. */
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

  /** Starts an episode and deletes the session of the previous one. @throws ServerError as `SessionManager.create` */
  async reset({ episode_id, ...request }: z.output<typeof resetSchema>, signal: AbortSignal): Promise<OpenEnvResult> {
    this.close();
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

  /** Takes a step. After the end of the episode, steps do not have an effect. @throws ServerError as `SessionManager.step` */
  async step(data: OpenEnvAction, options: { requestId?: string | undefined; signal: AbortSignal }): Promise<OpenEnvResult> {
    const intent = parseIntent(data);
    if (intent.kind === "step") return this.act(intent, options);
    return { observation: { tools: (await this.listTools(options.signal)) as never }, reward: null, done: false };
  }

  /** Takes a step whose intent is already parsed. */
  async act(
    { tool, action }: Extract<Intent, { kind: "step" }>,
    { requestId, signal }: { requestId?: string | undefined; signal: AbortSignal },
  ): Promise<OpenEnvResult> {
    const session = await this.#getSession(signal, tool !== null);
    const outcome = await this.#takeStep(session, { action, requestId, signal });
    const known = toListedTools(session.getInstructions().tools).map(({ name }) => name);
    return toOpenEnvResult(outcome, tool === null ? {} : toToolResult(tool, outcome, known));
  }

  /** Returns the tools of the learner. */
  async listTools(signal: AbortSignal): Promise<ListedTool[]> {
    return toListedTools((await this.#getSession(signal, true)).getInstructions().tools);
  }

  /** Returns the state of the session. @throws ServerError `not_found`, `gone` */
  getState(): ConnectionState {
    if (this.#sessionId === null) return { episode_id: null, step_count: 0 };
    const session = this.#sessions.use(this.#sessionId);
    const { domain, task_id, metadata } = toSessionInfo(this.#sessions, session);
    const { done, termination_reason } = session.getStatus();
    const episode_id = typeof metadata["episode_id"] === "string" ? metadata["episode_id"] : session.id;
    return { episode_id, ...toSessionProgress(this.#sessions, session), domain, task_id, done, termination_reason };
  }

  /** Deletes the session. */
  close(): void {
    const id = this.#sessionId;
    this.#sessionId = null;
    if (id !== null && this.#sessions.pool.has(id)) this.#sessions.discard(id);
  }

  /** Returns the session. Clients that only call tools never reset, so their first request starts an episode. */
  async #getSession(signal: AbortSignal, startIfMissing: boolean): Promise<Session> {
    if (this.#sessionId === null && startIfMissing) await this.reset({}, signal);
    if (this.#sessionId === null) throw new ServerError("invalid", "the episode has not started: send a reset first");
    return this.#sessions.use(this.#sessionId);
  }

  async #takeStep(session: Session, request: Parameters<SessionManager["step"]>[1]): Promise<StepResponse> {
    try {
      return await this.#sessions.step(session.id, request);
    } catch (thrown) {
      if (!isTau2Error(thrown, "episode_over")) throw thrown;
      const status = session.getStatus();
      const { session_id, step_count, expires_in_s } = toSessionProgress(this.#sessions, session);
      return { session_id, step_count, ...status, reward: status.error ? null : 0, expires_in_s };
    }
  }
}
