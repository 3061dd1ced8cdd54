import { messageSchema, Tau2Error, taskSchema, type JsonObject, type Message, type Task } from "@tau2/domains";
import { parseData } from "@tau2/domains/internal";
import { z } from "zod";
import { recordEpisode, type EpisodeRecord } from "../../episode/record.ts";
import type { Episode } from "../../episode/episode.ts";
import type { Counterparts } from "./counterparts.ts";
import { ServerError } from "./server-error.ts";
import { Session, type Snapshot, type SessionParts, type StepResponse } from "./session.ts";
import { modes } from "../wire/request-schemas.ts";
import { getEnvironment, type SessionSettings } from "./settings.ts";
import type { DomainRegistry, LoadedDomain } from "./domain-registry.ts";

/** The form of exported sessions; goes up when a reader of the old form could not read the new one. */
const DOCUMENT_VERSION = 1;

/** Settings that the episodes of a session share. */
type Shared = "learner" | "task" | "seed" | "messages";

/** A place in the session: how many messages it has in common with the session itself, and those that come after. */
type SnapshotRecord = Omit<EpisodeRecord, Shared> & {
  snapshot_id: string;
  step_count: number;
  shared_messages: number;
  messages: readonly Message[];
};

/** A session as JSON: to be moved to another server, or kept for later. */
export interface SessionDocument {
  format: "tau2.session";
  version: typeof DOCUMENT_VERSION;
  session_id: string;
  created_at: string;
  step_count: number;
  settings: SessionSettings;
  /** The data that it was played on. */
  data: { source: string; hash: string };
  episode: EpisodeRecord;
  snapshots: SnapshotRecord[];
  /** Answers to requests that carried an id. */
  answers: { request_id: string; print: string; answer: StepResponse }[];
}

/** A session as a document. While a step is under way: as it stood before. */
export function exportSession(session: Session, { data, hash }: LoadedDomain): SessionDocument {
  const { episode } = session;
  return {
    format: "tau2.session",
    version: DOCUMENT_VERSION,
    session_id: session.id,
    created_at: session.createdAt.toISOString(),
    step_count: session.stepCount,
    settings: session.settings,
    data: { source: data.source, hash },
    episode: recordEpisode(episode),
    snapshots: [...session.snapshots].map(([id, kept]) => toSnapshotRecord(id, kept, episode)),
    answers: [...session.answers].map(([request_id, { fingerprint, answer }]) => ({ request_id, print: fingerprint, answer })),
  };
}

function toSnapshotRecord(snapshotId: string, { episode, stepCount }: Snapshot, current: Episode): SnapshotRecord {
  const { learner: _, task: __, seed: ___, messages, ...record } = recordEpisode(episode);
  const now = current.conversation.messages;
  const differs = messages.findIndex((message, i) => message !== now[i]);
  const shared = differs === -1 ? messages.length : differs;
  return { snapshot_id: snapshotId, step_count: stepCount, shared_messages: shared, messages: messages.slice(shared), ...record };
}

/** Context and id of a restored session. */
export interface ImportOptions extends Pick<SessionParts, "id" | "onStep"> {
  registry: DomainRegistry;
  counterparts: Counterparts;
}

/**
 * Restores the session of a document by replaying its messages; no model is called.
 * @throws Tau2Error `invalid` naming the place, `replay_mismatch` when it was played on other data or does not come out again; ServerError
 * when its domain or counterpart is missing
 */
export function importSession(value: unknown, { registry, counterparts, id, onStep }: ImportOptions): Session {
  const document = parseData(documentSchema, value, "session document") as unknown as SessionDocument;
  const { settings, episode } = document;
  const loaded = registry.get(settings.domain);
  if (loaded.hash !== document.data.hash) {
    throw new Tau2Error(
      "replay_mismatch",
      `the session was played on other data of ${settings.domain} (${document.data.source}) than this server has (${loaded.data.source})`,
    );
  }
  const task = parseData(taskSchema, episode.task, "episode.task");
  const env = getEnvironment(settings, loaded, counterparts);
  const place = (record: EpisodeRecord): Episode => {
    env.replay(record);
    return env.snapshot();
  };
  const snapshots = document.snapshots.map((kept): [string, Snapshot] => [
    kept.snapshot_id,
    { stepCount: kept.step_count, episode: place(toEpisodeRecord(kept, episode, task)) },
  ]);
  place({ ...episode, task });
  return new Session({
    id,
    settings,
    createdAt: new Date(document.created_at),
    env,
    stepCount: document.step_count,
    snapshots,
    answers: document.answers.map(({ request_id, print, answer }) => [request_id, { fingerprint: print, answer }]),
    onStep,
  });
}

function toEpisodeRecord(
  { shared_messages, messages, ...record }: SnapshotRecord,
  { learner, seed, messages: all }: EpisodeRecord,
  task: Task,
): EpisodeRecord {
  if (shared_messages > all.length) {
    throw new ServerError(
      "invalid",
      `snapshot '${record.snapshot_id}' shares ${shared_messages} messages with a session that has ${all.length}`,
    );
  }
  return { ...record, learner, seed, task, messages: [...all.slice(0, shared_messages), ...messages] };
}

const json = z.record(z.string(), z.json());
const object = z.custom<JsonObject>((value) => json.safeParse(value).success, "must be a JSON object");
const time = z.iso.datetime();
const count = z.int().min(0);
const limit = z.number().positive();

const ending = z.object({
  simulation_id: z.string(),
  ended_at: time,
  reward_info: z.looseObject({ reward: z.number().min(0).max(1) }).nullable(),
  report: object.nullable(),
});

const fault = z.object({
  class: z.enum(["agent", "user", "judge", "infrastructure", "context", "timeout", "cancelled"]),
  role: z.enum(["agent", "user", "judge", "environment"]),
  transient: z.boolean(),
  message: z.string(),
});

const place = {
  started_at: time,
  elapsed_s: z.number().min(0),
  messages: z.array(messageSchema),
  ended: z
    .enum(["user_stop", "agent_stop", "max_steps", "timeout", "too_many_errors", "agent_error", "user_error", "infrastructure_error"])
    .nullable(),
  ending: ending.nullable(),
  fault: fault.nullable(),
};

const documentSchema = z.object({
  format: z.literal("tau2.session"),
  version: z.literal(DOCUMENT_VERSION),
  session_id: z.string(),
  created_at: time,
  step_count: count,
  settings: z.object({
    domain: z.string(),
    mode: z.enum(modes),
    counterpart: z.string().nullable(),
    max_steps: z.int().positive(),
    max_errors: z.int().positive(),
    timeout_s: limit.nullable(),
    turn_timeout_s: limit,
    without_judge: z.enum(["error", "not_graded"]),
    metadata: object,
    id_seed: z.string(),
  }),
  data: z.object({ source: z.string(), hash: z.string() }),
  episode: z.object({ learner: z.enum(["agent", "user"]), task: z.unknown(), seed: z.int().nullable(), ...place }),
  snapshots: z.array(z.object({ snapshot_id: z.string(), step_count: count, shared_messages: count, ...place })).max(1000),
  answers: z.array(z.object({ request_id: z.string(), print: z.string(), answer: object })).max(1000),
});

/** Store of sessions while the server does not run. It holds the text of each `SessionDocument`. */
export interface SessionStore {
  /** All that was kept. */
  load(): AsyncIterable<{ id: string; text: string }>;
  put(id: string, text: string): Promise<void>;
  delete(id: string): Promise<void>;
}
