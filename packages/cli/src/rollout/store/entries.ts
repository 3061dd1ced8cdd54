import { isRecord } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import type { ExportedRun, RolloutMetrics } from "@tau2/gym/training";
import { formatLogLine, type RuntimeVersions } from "@tau2/orchestrator";
import type { PolicyChange } from "../choose-policy.ts";
import type { PackedRollout } from "./pack-rollout.ts";

/** Form of the log; goes up when a reader of the old form could not read the new one. */
export const LOG_FORM = 1;

/** What an episode was played for: a batch, or an evaluation, which may have an environment of its own. */
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
  /** What the episodes depend on. */
  identity: JsonObject;
  made_with: RuntimeVersions;
  /** What exports say about the episodes of each purpose. */
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
  /** Where the policy's model is asked from here on, when a trainer said so. */
  policy: PolicyChange | null;
}

/** One line of a log of rollouts. */
export type RolloutLogEntry = SessionEntry | RolloutEntry | StageEntry;

/**
 * The entry that a line holds; null for a line that holds none.
 * @throws Tau2Error `unsupported` for the log of a newer form
 */
export function parseEntry(line: string): RolloutLogEntry | null {
  const content = formatLogLine(line, LOG_FORM, "these rollouts were written");
  if (!content) return null;
  const { kind } = content;
  const holds =
    (kind === "session" && isRecord(content["runs"])) ||
    (kind === "rollout" && isRecord(content["rollout"])) ||
    (kind === "stage" && isRecord(content["metrics"]));
  return holds ? (content as unknown as RolloutLogEntry) : null;
}
