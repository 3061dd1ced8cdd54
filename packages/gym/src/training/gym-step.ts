import type { AgentEnv } from "../env/agent-env.ts";
import type { AgentInfo, StepResult } from "../env/result.ts";
import { parseObservation } from "./parse-observation.ts";
import type { GymStep } from "./play-actions.ts";

/** Says something in an episode, and waits for what comes of it. What is no text is refused, as the original's gym does. */
export async function sayLater(gym: AgentEnv, words: unknown, signal: AbortSignal | undefined): Promise<GymStep> {
  const wasOver = gym.done;
  return gymStep(gym, wasOver, words, await gym.step(textOf(words), signal ? { signal } : {}));
}

/** The same at once. @throws Tau2Error `unsupported` when somebody would have to be waited for */
export function sayNow(gym: AgentEnv, words: unknown): GymStep {
  const wasOver = gym.done;
  return gymStep(gym, wasOver, words, gym.stepSync(textOf(words)));
}

function textOf(words: unknown): string {
  return typeof words === "string" ? words : "";
}

function gymStep(gym: AgentEnv, wasOver: boolean, words: unknown, result: StepResult<AgentInfo>): GymStep {
  const { reward, terminated, truncated, info } = result;
  const step = { reward, over: terminated || truncated, ungraded: wasOver ? null : gradingFault(gym) };
  const observation = parseObservation(result.observation);
  if (typeof words === "string" || info.invalid_action === undefined) return { ...step, observation, info };
  const invalid_action = `'${pythonType(words)}' object has no attribute 'strip'`;
  return { ...step, observation: `Invalid action with error: ${invalid_action}`, info: { ...info, invalid_action } };
}

/** What was thrown when an episode that had come to its end could not be graded. */
function gradingFault(gym: AgentEnv): Error | null {
  const { outcome, fault } = gym.snapshot();
  if (!outcome || !fault) return null;
  return fault.error instanceof Error ? fault.error : new Error(String(fault.error));
}

function pythonType(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return "dict";
}
