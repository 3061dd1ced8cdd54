import type { JsonObject } from "@tau2/domains";
import { isOver } from "../../episode/episode.ts";
import type { EpisodeInstructions, EpisodeStatus } from "./episode-status.ts";
import type { Session, StepResponse } from "./session.ts";
import type { SessionManager } from "./session-manager.ts";
import type { Mode } from "./settings.ts";

/** Which session an answer is about, and how far it has got. */
export interface SessionPlace {
  session_id: string;
  /** Steps of the learner up to here. */
  step_count: number;
  /** Whole seconds until it expires without a request. */
  expires_in_s: number;
}

/** Facts about any session. */
export interface SessionView extends SessionPlace {
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

export function getSessionPlace({ registry }: SessionManager, { id, stepCount }: Session): SessionPlace {
  return { session_id: id, step_count: stepCount, expires_in_s: registry.expiresInS(id) };
}

export function toSessionView(sessions: SessionManager, session: Session): SessionView {
  const { settings, createdAt, episode } = session;
  const { domain, mode, counterpart, metadata } = settings;
  const { task, seed } = episode.context;
  return {
    ...getSessionPlace(sessions, session),
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
  return { ...toSessionView(sessions, session), ...session.standing() };
}

export function toSessionOpening(sessions: SessionManager, session: Session): SessionOpening {
  return { ...toSessionStatus(sessions, session), ...session.briefing() };
}

/** A step's answer with the time that is left. */
export function withTimes({ registry }: SessionManager, answer: StepResponse): StepResponse & Pick<SessionPlace, "expires_in_s"> {
  return { ...answer, expires_in_s: registry.expiresInS(answer.session_id) };
}
