import type { JsonObject, RewardInfo, Task } from "@tau2/domains";
import { z } from "zod";
import { type RunInfo, resultsSchema } from "../results/results.ts";
import { type SimulationRun, simulationRunSchema } from "../results/simulation-run.ts";
import { formatLogLine } from "./read-lines.ts";
import type { RuntimeVersions, RunIdentity } from "./run-identity.ts";
/** Form of the log; goes up when a reader of the old form could not read the new one. */
export const LOG_FORM = 1;

/** A process began to work on the run. */
export interface SessionEntry {
  kind: "session";
  form: typeof LOG_FORM;
  /** Local time as in messages. */
  at: string;
  identity: RunIdentity;
  /** What the program that ran was told, for it to go on by itself. */
  config: JsonObject;
  made_with: RuntimeVersions;
  info: RunInfo;
  /** Those that no session before had. */
  tasks: readonly Task[];
}

/** What a role's model was asked with, messages and tools apart. Written once for each that differs. */
export interface RequestEntry {
  kind: "request";
  role: string;
  request: JsonObject;
}

/** One line of a run's log. */
export type LogEntry =
  | SessionEntry
  | RequestEntry
  /** A conversation came to its end. It may have a grade already. */
  | { kind: "held"; simulation: SimulationRun }
  /** A conversation that is in the log was graded, or its grading failed. */
  | { kind: "graded"; id: string; reward_info: RewardInfo | null; info: JsonObject | null }
  /** No conversation came about; the simulation is the placeholder that says why. */
  | { kind: "failed"; simulation: SimulationRun };

const object = z.record(z.string(), z.json());
const { info, tasks } = resultsSchema.shape;

const schemas: Readonly<Record<LogEntry["kind"], z.ZodType>> = {
  session: z.object({
    kind: z.literal("session"),
    form: z.literal(LOG_FORM),
    at: z.string(),
    identity: object,
    config: object,
    made_with: z.object({ packages: z.record(z.string(), z.string()), node: z.string(), platform: z.string() }),
    info,
    tasks,
  }),
  request: z.object({ kind: z.literal("request"), role: z.string(), request: object }),
  held: z.object({ kind: z.literal("held"), simulation: simulationRunSchema }),
  graded: z.object({
    kind: z.literal("graded"),
    id: z.string(),
    reward_info: simulationRunSchema.shape.reward_info,
    info: simulationRunSchema.shape.info,
  }),
  failed: z.object({ kind: z.literal("failed"), simulation: simulationRunSchema }),
};

/** One entry as a line of the log. */
export function entryText(entry: LogEntry): string {
  return JSON.stringify(entry);
}

/**
 * The entry that a line holds; null for a line that holds none.
 * @throws Tau2Error `unsupported` for the log of a newer form.
 */
export function parseEntry(line: string): LogEntry | null {
  const content = formatLogLine(line, LOG_FORM, "this run was written");
  if (!content) return null;
  const { kind } = content;
  const schema = typeof kind === "string" && Object.hasOwn(schemas, kind) ? schemas[kind as LogEntry["kind"]] : undefined;
  return (schema?.safeParse(content).data ?? null) as LogEntry | null;
}
