import { hashDatabase, diffStates, createInitialState, type DiffEntry } from "@tau2/domains";
import { toPlainValue } from "@tau2/domains/internal";
import type { Episode } from "../../episode/episode.ts";

/** The databases behind an episode, and what has changed in them. */
export interface StateInspection {
  /** Next speaker of the conversation. */
  turn: "agent" | "user" | "environment" | null;
  /** Changes since the task's beginning, by path; the first 200. */
  changes: ({ side: "agent" | "user" } & DiffEntry)[];
  changes_left_out: number;
  /** Hashes in tau2-bench's form; null unless requested. */
  hashes: { agent: string; user: string | null } | null;
  /** The whole databases; null where they were not asked for. */
  databases: { agent: unknown; user: unknown } | null;
}

const MOST_CHANGES = 200;

/** Inspects the state of an episode. Hashes and whole databases cost milliseconds and megabytes, so they are only included on request. */
export function inspectState({ context, conversation }: Episode, want: { hashes: boolean; databases: boolean }): StateInspection {
  const { environment: setup, task } = context.rules;
  const { domain } = setup;
  const now = conversation.state;
  const before = createInitialState(setup, { ...task.initial_state, message_history: task.initial_state?.message_history ?? [] });
  const sides = domain.user ? (["agent", "user"] as const) : (["agent"] as const);
  const changes = sides.flatMap((side) => diffStates(before[side], now[side]).map((entry) => ({ side, ...entry })));
  return {
    turn: conversation.ended ? null : conversation.nextSpeaker,
    changes: changes.slice(0, MOST_CHANGES),
    changes_left_out: Math.max(0, changes.length - MOST_CHANGES),
    hashes: want.hashes
      ? { agent: hashDatabase(domain.agent.database, now.agent), user: domain.user ? hashDatabase(domain.user.database, now.user) : null }
      : null,
    databases: want.databases ? { agent: toPlainValue(now.agent), user: toPlainValue(now.user) } : null,
  };
}
