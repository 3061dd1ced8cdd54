import { createHash, randomUUID } from "node:crypto";
import { parseData } from "@tau2/domains/internal";
import { selectTasks, taskSchema, type Task } from "@tau2/domains";
import { ServerError } from "./server-error.ts";
import type { LoadedDomain, DomainRegistry } from "./domain-registry.ts";
import { needsJudge } from "@tau2/orchestrator/evaluate";
import { isSoloTask } from "@tau2/orchestrator/internal";
import { toEpisodeError } from "../../env/step-result.ts";
import type { Counterparts } from "./counterparts.ts";
import { Session, toFaultResponse, type SessionParts } from "./session.ts";
import { createSessionEnv, parseSettings, type SettingsDefaults, type SettingsRequest } from "./settings.ts";

/** Choice of a task in a request. All fields are optional. */
export interface TaskRequest {
  /** Task of the client, in the form of task files. */
  task?: unknown;
  task_id?: string | undefined;
  /** Split to choose from. By default the domain's default split; null for all tasks. */
  split?: string | null | undefined;
  /** Index of the task in the split, from 0. */
  index?: number | undefined;
  seed?: number | null | undefined;
}

/**
 * Returns the task of a request. If the request does not name a task, the seed draws one of the split's playable tasks; without a seed, chance.
 * @throws ServerError `invalid`, `not_found`; Tau2Error for a malformed task or an unknown split
 */
function chooseTask(
  { domain, data, tasks }: LoadedDomain,
  { task, task_id, split, index, seed }: TaskRequest,
  isPlayable: (task: Task) => boolean,
): Task {
  const named = [task !== undefined && "task", task_id !== undefined && "task_id", index !== undefined && "index"].filter(Boolean);
  if (named.length > 1) throw new ServerError("invalid", `${named.join(" and ")} exclude each other: send one of them`);
  if (task !== undefined) return parseData(taskSchema, task, "task");
  if (task_id !== undefined) return getTask({ domain, tasks }, task_id);
  const choice = selectTasks(domain, data, { split });
  const set = split === null ? "all tasks" : `split '${split ?? domain.defaultSplit ?? "all"}'`;
  if (index !== undefined) {
    const chosen = choice[index];
    if (chosen) return chosen;
    throw new ServerError("not_found", `no task ${index} in ${set} of ${domain.name}: it has ${choice.length}, with indexes from 0`);
  }
  const playable = choice.filter(isPlayable);
  const chosen = playable[drawIndex(playable.length, seed ?? null)];
  if (chosen) return chosen;
  throw new ServerError("not_found", `none of the ${choice.length} tasks in ${set} of ${domain.name} can be played with these settings`);
}

/** Draws an index. Hashes the seed, because trainers use consecutive seeds. */
function drawIndex(count: number, seed: number | null): number {
  if (seed === null) return Math.floor(Math.random() * count);
  return createHash("sha256").update(String(seed)).digest().readUInt32BE(0) % Math.max(1, count);
}

/** Returns a task. @throws ServerError `not_found` */
export function getTask({ domain, tasks }: Pick<LoadedDomain, "domain" | "tasks">, id: string): Task {
  const task = tasks.get(id);
  if (task) return task;
  const some = [...tasks.keys()].slice(0, 5).map((known) => `'${known}'`);
  const known =
    tasks.size === 0 ? "the domain does not have tasks" : `the domain has ${tasks.size}: ${some.join(", ")}${tasks.size > 5 ? ", …" : ""}`;
  throw new ServerError("not_found", `no task '${id}' in ${domain.name}; ${known}`);
}

/** Request of a session; missing fields have defaults. */
export type SessionRequest = SettingsRequest & TaskRequest;

/** Context of a new session. */
export interface StartOptions extends Pick<SessionParts, "onStep" | "persistence"> {
  registry: DomainRegistry;
  counterparts: Counterparts;
  defaults: SettingsDefaults;
  /** Aborts when the client disconnects. */
  signal: AbortSignal;
}

/**
 * Creates a session, at its learner's first turn.
 * @throws ServerError `upstream_failed` if the counterpart fails before that turn, and others; Tau2Error if the request cannot be played
 */
export async function startSession(
  request: SessionRequest,
  { registry, counterparts, defaults, signal, onStep, persistence }: StartOptions,
): Promise<Session> {
  const settings = parseSettings(request, registry, counterparts, defaults);
  const loaded = registry.get(settings.domain);
  const isGradable = (task: Task) => counterparts.judge !== null || settings.without_judge === "not_graded" || !needsJudge(task);
  const task = chooseTask(loaded, request, (candidate) => isGradable(candidate) && (settings.mode !== "solo" || isSoloTask(candidate)));
  if (!isGradable(task)) throw createJudgeError(task);
  const env = createSessionEnv(settings, loaded, counterparts);
  await env.reset({ seed: request.seed ?? null, options: { task }, signal });
  if (signal.aborted) throw signal.reason;
  const { fault } = env.snapshot();
  if (fault) {
    const { class: kind, role, retryable, message } = toFaultResponse(toEpisodeError(fault));
    throw new ServerError("upstream_failed", `the ${role} failed before the first turn: ${message}`, { class: kind, role, retryable });
  }
  return new Session({ id: randomUUID(), settings, createdAt: new Date(), env, stepCount: 0, onStep, persistence });
}

function createJudgeError({ id }: Task): ServerError {
  return new ServerError(
    "unsupported",
    `the reward of task '${id}' depends on natural-language assertions, and this server does not have a judge: send without_judge: "not_graded" ` +
      "to leave them out of the reward, or start the server with a judge",
  );
}
