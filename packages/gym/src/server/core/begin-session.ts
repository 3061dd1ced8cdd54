import { randomUUID } from "node:crypto";
import type { Task } from "@tau2/domains";
import { needsJudge } from "@tau2/orchestrator/evaluate";
import { isSoloTask } from "@tau2/orchestrator/internal";
import { toEpisodeError } from "../../env/step-result.ts";
import type { Counterparts } from "./cast.ts";
import { chooseTask, type TaskRequest } from "./choose-task.ts";
import { toFaultResponse } from "./present.ts";
import { ServerError } from "./server-error.ts";
import { Session, type SessionParts } from "./session.ts";
import { environmentOf, settingsOf, type SettingsDefaults, type SettingsRequest } from "./settings.ts";
import type { DomainRegistry } from "./shelf.ts";

/** A session as it is asked for; what is left out has a default. */
export type SessionRequest = SettingsRequest & TaskRequest;

/** Where a session begins. */
export interface BeginOptions extends Pick<SessionParts, "onStep"> {
  shelf: DomainRegistry;
  cast: Counterparts;
  defaults: SettingsDefaults;
  /** Who asks is gone. */
  signal: AbortSignal;
}

/**
 * A new session, at its learner's first turn.
 * @throws ServerError `upstream_failed` when the other side fails before that turn, and others; Tau2Error for a request that cannot be played
 */
export async function beginSession(request: SessionRequest, { shelf, cast, defaults, signal, onStep }: BeginOptions): Promise<Session> {
  const settings = settingsOf(request, shelf, cast, defaults);
  const shelved = shelf.get(settings.domain);
  const isGradable = (task: Task) => cast.judge !== null || settings.without_judge === "not_graded" || !needsJudge(task);
  const task = chooseTask(shelved, request, (one) => isGradable(one) && (settings.mode !== "solo" || isSoloTask(one)));
  if (!isGradable(task)) throw needsJudgeError(task);
  const env = environmentOf(settings, shelved, cast);
  await env.reset({ seed: request.seed ?? null, options: { task }, signal });
  if (signal.aborted) throw signal.reason;
  const { fault } = env.snapshot();
  if (fault) {
    const { class: kind, role, retryable, message } = toFaultResponse(toEpisodeError(fault));
    throw new ServerError("upstream_failed", `the ${role} failed before the first turn: ${message}`, { class: kind, role, retryable });
  }
  return new Session({ id: randomUUID(), settings, createdAt: new Date(), env, stepCount: 0, onStep });
}

function needsJudgeError({ id }: Task): ServerError {
  return new ServerError(
    "unsupported",
    `the reward of task '${id}' rests on natural-language assertions, and this server has no judge: give without_judge: "not_graded" to leave them ` +
      "out of the reward, or start the server with a judge",
  );
}
