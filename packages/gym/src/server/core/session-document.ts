import { messageSchema, Tau2Error, taskSchema, type JsonObject, type Message, type RewardInfo, type Task } from "@tau2/domains";
import { keepNumberKinds, parseData } from "@tau2/domains/internal";
import type { ComponentReport } from "@tau2/orchestrator/evaluate";
import { z } from "zod";
import { recordEpisode, type EpisodeRecord } from "../../episode/record.ts";
import type { Episode } from "../../episode/episode.ts";
import type { Counterparts } from "./counterparts.ts";
import { ServerError } from "./server-error.ts";
import { Session, type SessionState, type Snapshot, type SessionParts, type StepOutcome } from "./session.ts";
import { modes } from "../wire/request-schemas.ts";
import { faultClassSchema, faultRoleSchema, terminationReasonSchema } from "../wire/response-schemas.ts";
import { createSessionEnv } from "./settings.ts";
import type { DomainRegistry, LoadedDomain } from "./domain-registry.ts";

/** Version of exported sessions. Increases with each change that older readers cannot read. */
const DOCUMENT_VERSION = 1;

const json = z.record(z.string(), z.json());
/** Creates the schema of a JSON object whose fields are declared elsewhere. */
const jsonObject = <T extends object>() => z.custom<T>((value) => json.safeParse(value).success, "must be a JSON object");
const time = z.iso.datetime();
const count = z.int().min(0);
const limit = z.number().positive();
const reward = z.looseObject({ reward: z.number().min(0).max(1) });

/** Fields of an {@link EpisodeRecord} that the session and each of its snapshots have for themselves. */
const episodeFields = {
  started_at: time,
  elapsed_s: z.number().min(0),
  messages: z.array(messageSchema) as z.ZodType<readonly Message[]>,
  ended: terminationReasonSchema.nullable(),
  ending: z
    .object({
      simulation_id: z.string(),
      ended_at: time,
      reward_info: reward.nullable() as unknown as z.ZodType<RewardInfo | null>,
      report: jsonObject<ComponentReport>().nullable(),
    })
    .nullable(),
  fault: z.object({ class: faultClassSchema, role: faultRoleSchema, transient: z.boolean(), message: z.string() }).nullable(),
};

/** A snapshot holds the messages after those that it shares with the session. The session's episode has the learner, task and seed. */
const snapshotRecordSchema = z.object({ snapshot_id: z.string(), step_count: count, shared_messages: count, ...episodeFields });

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
    metadata: jsonObject<JsonObject>(),
    id_seed: z.string(),
  }),
  // Data that the session was played on.
  data: z.object({ source: z.string(), hash: z.string() }),
  // The import parses the task on its own, since its errors name the place in the task.
  episode: z.object({ learner: z.enum(["agent", "user"]), task: z.custom<Task>(), seed: z.int().nullable(), ...episodeFields }),
  snapshots: z.array(snapshotRecordSchema).max(1000),
  // Responses to requests with an id.
  answers: z.array(z.object({ request_id: z.string(), print: z.string(), answer: jsonObject<StepOutcome>() })).max(1000),
});

/** Session as JSON, for storage or for another server. */
export type SessionDocument = z.output<typeof documentSchema>;
type SnapshotRecord = z.output<typeof snapshotRecordSchema>;

/** Exports a session in a state. */
export function exportSession(session: Session, state: SessionState, { data, hash }: LoadedDomain): SessionDocument {
  const { episode, stepCount, snapshots, outcomes } = state;
  return {
    format: "tau2.session",
    version: DOCUMENT_VERSION,
    session_id: session.id,
    created_at: session.createdAt.toISOString(),
    step_count: stepCount,
    settings: session.settings,
    data: { source: data.source, hash },
    episode: recordEpisode(episode),
    snapshots: [...snapshots].map(([id, snapshot]) => toSnapshotRecord(id, snapshot, episode)),
    answers: [...outcomes.entries()].map(([request_id, { fingerprint, response }]) => ({
      request_id,
      print: fingerprint,
      answer: response,
    })),
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
export interface ImportOptions extends Pick<SessionParts, "id" | "onStep" | "persistence"> {
  registry: DomainRegistry;
  counterparts: Counterparts;
}

/**
 * Imports the session of a document by replaying its messages. No model is called.
 * @throws Tau2Error `invalid` for a malformed document; `replay_mismatch` if the data differs or the replay does not give the same result;
 * ServerError if the domain or the counterpart is missing
 */
export function importSession(value: unknown, { registry, counterparts, id, onStep, persistence }: ImportOptions): Session {
  const document = parseData(documentSchema, value, "session document");
  keepNumberKinds(value, document);
  const { settings, episode } = document;
  const loaded = registry.get(settings.domain);
  if (loaded.hash !== document.data.hash) {
    throw new Tau2Error(
      "replay_mismatch",
      `the session was played on other data of ${settings.domain} (${document.data.source}) than this server has (${loaded.data.source})`,
    );
  }
  const task = parseData(taskSchema, episode.task, "episode.task");
  const env = createSessionEnv(settings, loaded, counterparts);
  const replay = (record: EpisodeRecord): Episode => {
    env.replay(record);
    return env.snapshot();
  };
  const snapshots = document.snapshots.map((record): [string, Snapshot] => [
    record.snapshot_id,
    { stepCount: record.step_count, episode: replay(toEpisodeRecord(record, episode, task)) },
  ]);
  replay({ ...episode, task });
  return new Session({
    id,
    settings,
    createdAt: new Date(document.created_at),
    env,
    stepCount: document.step_count,
    snapshots,
    outcomes: document.answers.map(({ request_id, print, answer }) => [request_id, { fingerprint: print, response: answer }]),
    onStep,
    persistence,
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
      `shared_messages of snapshot '${record.snapshot_id}' is ${shared_messages}, but the session has ${all.length} messages`,
    );
  }
  return { ...record, learner, seed, task, messages: [...all.slice(0, shared_messages), ...messages] };
}

/**
 * Store that keeps sessions over a restart. It holds the text of each `SessionDocument`. While storing fails, the server writes and deletes the
 * session `probe` to find out whether it works again.
 */
export interface SessionStore {
  /** Returns all stored sessions. `read` rejects for one that cannot be read. */
  load(): AsyncIterable<{ id: string; read(): Promise<string> }>;
  /** Stores a session. When this rejects, the store must hold the old text of the session, and the server takes the change back. */
  put(id: string, text: string): Promise<void>;
  /** Deletes a session; resolves also for one that is not there. */
  delete(id: string): Promise<void>;
  /** Releases the store. The server calls this last. */
  close?(): Promise<void>;
}
