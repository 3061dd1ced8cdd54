import type { JsonObject, Task, ToolDeclaration } from "@tau2/domains";
import { isOver } from "../../episode/episode.ts";
import type { EpisodeInstructions, EpisodeStatus } from "./episode-response.ts";
import type { Session, StepResponse } from "./session.ts";
import type { SessionManager } from "./session-manager.ts";
import type { Mode } from "../wire/request-schemas.ts";
import { toToolDeclaration } from "@tau2/domains/internal";
import { needsJudge } from "@tau2/orchestrator/evaluate";
import { ServerError } from "./server-error.ts";
import type { LoadedDomain } from "./domain-registry.ts";

/** Which session an answer is about, and how far it has got. */
export interface SessionProgress {
  session_id: string;
  /** Steps of the learner up to here. */
  step_count: number;
  /** Whole seconds until it expires without a request. */
  expires_in_s: number;
}

/** Facts about any session. */
export interface SessionView extends SessionProgress {
  domain: string;
  task_id: string;
  mode: Mode;
  /** Name of the counterpart, user or agent; null in solo mode. */
  counterpart: string | null;
  seed: number | null;
  metadata: JsonObject;
  created_at: string;
}

/** A session in a list. */
export type SessionSummary = SessionView & { done: boolean; busy: boolean };

/** A session and where its episode stands. */
export type SessionStatus = SessionView & EpisodeStatus;

/** A session as its learner first meets it. */
export type SessionOpening = SessionStatus & EpisodeInstructions;

export function toSessionProgress({ pool }: SessionManager, { id, stepCount }: Session): SessionProgress {
  return { session_id: id, step_count: stepCount, expires_in_s: pool.expiresInS(id) };
}

export function toSessionView(sessions: SessionManager, session: Session): SessionView {
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

export function toSessionSummary(sessions: SessionManager, session: Session): SessionSummary {
  return { ...toSessionView(sessions, session), done: isOver(session.episode), busy: session.isBusy };
}

export function toSessionStatus(sessions: SessionManager, session: Session): SessionStatus {
  return { ...toSessionView(sessions, session), ...session.getStatus() };
}

export function toSessionOpening(sessions: SessionManager, session: Session): SessionOpening {
  return { ...toSessionStatus(sessions, session), ...session.getInstructions() };
}

/** A step's answer with the time that is left. */
export function addExpiry({ pool }: SessionManager, answer: StepResponse): StepResponse & Pick<SessionProgress, "expires_in_s"> {
  return { ...answer, expires_in_s: pool.expiresInS(answer.session_id) };
}

/** A domain in a list. */
export interface DomainSummary {
  name: string;
  tasks: number;
  /** Number of tasks of each split. */
  splits: Record<string, number>;
  default_split: string | null;
  modes: string[];
  /** Source of its data, such as `starter`. */
  data_source: string;
}

/** A domain with its instructions for agents. */
export interface DomainResponse extends DomainSummary {
  policy: string;
  tools: ToolDeclaration[];
  user_tools: ToolDeclaration[];
}

/** A task in a list. */
export interface TaskSummary {
  task_id: string;
  splits: string[];
  purpose: string | null;
  reward_basis: string[] | null;
  needs_judge: boolean;
}

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

export function toDomainResponse(loaded: LoadedDomain): DomainResponse {
  const { domain, data } = loaded;
  return {
    ...toDomainSummary(loaded),
    policy: data.policy,
    tools: domain.agent.tools.map(toToolDeclaration),
    user_tools: (domain.user?.tools ?? []).map(toToolDeclaration),
  };
}

/** A part of a domain's tasks, and how many there are in all. @throws ServerError `not_found` for an unknown split */
export function toTaskPage(
  { domain, data, tasks }: LoadedDomain,
  { split, offset, limit }: { split?: string | undefined; offset: number; limit: number },
): { total: number; tasks: TaskSummary[] } {
  const splits = data.splits() ?? {};
  if (split !== undefined && !Object.hasOwn(splits, split)) {
    throw new ServerError("not_found", `no split '${split}' in ${domain.name}; there are ${Object.keys(splits).join(", ") || "none"}`);
  }
  const members = new Map(Object.entries(splits).map(([name, ids]) => [name, new Set(ids)]));
  const chosen = [...tasks.values()].filter(({ id }) => split === undefined || members.get(split)!.has(id));
  const splitsOf = (id: string) => [...members].filter(([, ids]) => ids.has(id)).map(([name]) => name);
  return { total: chosen.length, tasks: chosen.slice(offset, offset + limit).map((task) => toTaskSummary(task, splitsOf(task.id))) };
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
