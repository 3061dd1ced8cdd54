import type { EpisodeStep, FlatTool, ModelMessage, Rollout, ExportedRun, RolloutMetrics } from "@tau2/gym/training";
import { isRecord } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import { parseLogLine, type RuntimeVersions } from "@tau2/orchestrator/internal";
import type { PolicyChange } from "../choose-policy.ts";
import { join } from "node:path";

/** A step whose messages are places in a list. */
type PackedStep = Omit<EpisodeStep, "state" | "action" | "next_obs" | "tools"> & {
  state: number[];
  action: number;
  next_obs: number[];
  tools: number | null;
};

/** A rollout as its log stores it: repeated parts of its steps are stored once. */
export type PackedRollout = Omit<Rollout, "episode_steps"> & {
  messages: ModelMessage[];
  tools: (readonly FlatTool[])[];
  steps: PackedStep[];
};

/** Puts a rollout into the form of the log. */
export function packRollout({ episode_steps, ...rollout }: Rollout): PackedRollout {
  const messages = indexed<ModelMessage>(messageKey);
  const tools = indexed<readonly FlatTool[]>((list) => JSON.stringify(list));
  const steps = episode_steps.map((step): PackedStep => ({
    ...step,
    state: step.state.map(messages.place),
    action: messages.place(step.action),
    next_obs: step.next_obs.map(messages.place),
    tools: step.tools && tools.place(step.tools),
  }));
  return { ...rollout, messages: messages.values, tools: tools.values, steps };
}

/** Restores a rollout from its log entry. @param shared texts that many rollouts have in common are kept once for all that are unpacked with the same set */
export function unpackRollout({ messages, tools, steps, ...rollout }: PackedRollout, shared = new Map<string, unknown>()): Rollout {
  const once = <T>(value: T): T => {
    const key = JSON.stringify(value);
    if (!shared.has(key)) shared.set(key, value);
    return shared.get(key) as T;
  };
  const said = messages.map((message) => (message.role === "system" ? once(message) : message));
  const lists = tools.map(once);
  const episode_steps = steps.map((step): EpisodeStep => ({
    ...step,
    state: step.state.map((place) => said[place]!),
    action: said[step.action]!,
    next_obs: step.next_obs.map((place) => said[place]!),
    tools: step.tools === null ? null : lists[step.tools]!,
  }));
  return { ...rollout, episode_steps };
}

/** Values in the order in which they come first; equal ones have one place. */
function indexed<T extends object>(keyOf: (value: T) => string): { values: T[]; place: (value: T) => number } {
  const values: T[] = [];
  const places = new Map<T | string, number>();
  return {
    values,
    place(value) {
      const known = places.get(value) ?? places.get(keyOf(value));
      const place = known ?? values.push(value) - 1;
      places.set(value, place).set(keyOf(value), place);
      return place;
    },
  };
}

function messageKey(message: ModelMessage): string {
  return message.role === "system" ? `system ${message.content}` : JSON.stringify(message);
}

/** Form of the log; goes up when a reader of the old form could not read the new one. */
export const LOG_FORM = 1;

/** Purpose of an episode: a batch, or an evaluation, which may have an environment of its own. */
export type Purpose = "batch" | "evaluation";

/** A process began to work on the run. */
export interface SessionEntry {
  kind: "session";
  form: typeof LOG_FORM;
  /** Local time. */
  at: string;
  name: string;
  /** The options that were given, to resume the run by its name. */
  given: JsonObject;
  /** All options, with where each comes from. */
  config: JsonObject;
  /** Settings that the episodes depend on. */
  identity: JsonObject;
  made_with: RuntimeVersions;
  /** Metadata for exports, by purpose. */
  runs: { batch: ExportedRun; evaluation: ExportedRun | null };
}

/** An episode was played. */
export interface RolloutEntry {
  kind: "rollout";
  purpose: Purpose;
  rollout: PackedRollout;
}

/** A batch, or an evaluation, is done. */
export interface StageEntry {
  kind: "stage";
  /** `batch`: played, and learnt from where there is a trainer. `evaluation`: before that batch. `end`: of everything. */
  stage: Purpose | "end";
  batch: number;
  metrics: RolloutMetrics;
  /** Address of the policy's model from here on, when a trainer changed it. */
  policy: PolicyChange | null;
}

/** One line of a log of rollouts. */
export type RolloutLogEntry = SessionEntry | RolloutEntry | StageEntry;

/**
 * The entry that a line holds; null for a line that holds none.
 * @throws Tau2Error `unsupported` for the log of a newer form
 */
export function parseEntry(line: string): RolloutLogEntry | null {
  const content = parseLogLine(line, LOG_FORM, "these rollouts were written");
  if (!content) return null;
  const { kind } = content;
  const holds =
    (kind === "session" && isRecord(content["runs"])) ||
    (kind === "rollout" && isRecord(content["rollout"])) ||
    (kind === "stage" && isRecord(content["metrics"]));
  return holds ? (content as unknown as RolloutLogEntry) : null;
}

/** The files of a run, in its folder. */
export interface RolloutFiles {
  /** Log of events, line by line: everything else can be made from it. */
  readonly log: string;
  /** Metrics of each batch and evaluation, one JSON object a line. */
  readonly metrics: string;
  /** All options with where each comes from. */
  readonly config: string;
  /** There while a process works on the run. */
  readonly lock: string;
}

/** Paths of a run's files. */
export function getRolloutFiles(folder: string): RolloutFiles {
  return {
    log: join(folder, "rollouts.jsonl"),
    metrics: join(folder, "metrics.jsonl"),
    config: join(folder, "config.json"),
    lock: join(folder, "run.lock"),
  };
}
