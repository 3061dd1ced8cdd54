import type { Task } from "@tau2/domains";
import { toToolDeclaration } from "@tau2/domains/internal";
import { needsJudge } from "@tau2/orchestrator/evaluate";
import { isOver } from "../../episode/episode.ts";
import type {
  DomainResponse,
  DomainSummary,
  SessionInfo,
  SessionProgress,
  SessionResponse,
  SessionStatus,
  SessionSummary,
  TaskPage,
  TaskSummary,
} from "../wire/response-schemas.ts";
import type { LoadedDomain } from "./domain-registry.ts";
import { ServerError } from "./server-error.ts";
import type { Session } from "./session.ts";
import type { SessionManager } from "./session-manager.ts";

/** Returns the progress of a session. */
export function toSessionProgress({ pool }: SessionManager, { id, stepCount }: Session): SessionProgress {
  return { session_id: id, step_count: stepCount, expires_in_s: pool.expiresInS(id) };
}

/** Returns a session without its episode. */
export function toSessionInfo(sessions: SessionManager, session: Session): SessionInfo {
  const { settings, createdAt, episode } = session;
  const { domain, mode, counterpart, metadata } = settings;
  const { task, seed } = episode.context;
  return {
    ...toSessionProgress(sessions, session),
    domain,
    task_id: task.id,
    mode,
    counterpart,
    seed,
    metadata,
    created_at: createdAt.toISOString(),
  };
}

/** Returns a session for a list. */
export function toSessionSummary(sessions: SessionManager, session: Session): SessionSummary {
  return { ...toSessionInfo(sessions, session), done: isOver(session.episode), busy: session.isBusy };
}

/** Returns a session with the status of its episode. */
export function toSessionStatus(sessions: SessionManager, session: Session): SessionStatus {
  return { ...toSessionInfo(sessions, session), ...session.getStatus() };
}

/** Returns a session with the status of its episode and the instructions for its learner. */
export function toSessionResponse(sessions: SessionManager, session: Session): SessionResponse {
  return { ...toSessionStatus(sessions, session), ...session.getInstructions() };
}

/** Returns a domain for a list. */
export function toDomainSummary({ domain, data, tasks }: LoadedDomain): DomainSummary {
  const splits = Object.entries(data.splits() ?? {}).map(([name, ids]) => [name, ids.length] as const);
  return {
    name: domain.name,
    tasks: tasks.size,
    splits: Object.fromEntries(splits),
    default_split: domain.defaultSplit,
    modes: ["agent", "user", ...(domain.solo ? ["solo"] : [])],
    data_source: data.source,
  };
}

/** Returns a domain with its policy and tools. */
export function toDomainResponse(loaded: LoadedDomain): DomainResponse {
  const { domain, data } = loaded;
  return {
    ...toDomainSummary(loaded),
    policy: data.policy,
    tools: domain.agent.tools.map(toToolDeclaration),
    user_tools: (domain.user?.tools ?? []).map(toToolDeclaration),
  };
}

/** Returns a page of a domain's tasks. @throws ServerError `not_found` for an unknown split */
export function toTaskPage(
  { domain, data, tasks }: LoadedDomain,
  { split, offset, limit }: { split?: string | undefined; offset: number; limit: number },
): TaskPage {
  const splits = data.splits() ?? {};
  if (split !== undefined && !Object.hasOwn(splits, split)) {
    throw new ServerError("not_found", `no split '${split}' in ${domain.name}; available: ${Object.keys(splits).join(", ") || "none"}`);
  }
  const members = new Map(Object.entries(splits).map(([name, ids]) => [name, new Set(ids)]));
  const chosen = [...tasks.values()].filter(({ id }) => split === undefined || members.get(split)!.has(id));
  const getSplits = (id: string) => [...members].filter(([, ids]) => ids.has(id)).map(([name]) => name);
  return { total: chosen.length, tasks: chosen.slice(offset, offset + limit).map((task) => toTaskSummary(task, getSplits(task.id))) };
}

function toTaskSummary(task: Task, splits: string[]): TaskSummary {
  return {
    task_id: task.id,
    splits,
    purpose: task.description?.purpose ?? null,
    reward_basis: task.evaluation_criteria?.reward_basis ?? null,
    needs_judge: needsJudge(task),
  };
}
