import { pyJsonDumps, pyStr } from "@tau2/domains/internal";
import type { AgentEnv } from "../env/agent-env.ts";
import type { MaybePromise } from "../episode/episode.ts";
import type { AgentInfo, StepResult } from "../env/step-result.ts";
import { type ActionFromLLM, type NewMessage, pyStrip, RESPOND_USER, parseObservation } from "./messages.ts";

/** Result of one action in the `AgentEnv`. */
export interface GymStep {
  /** Observation without the roles at the beginning of its lines. */
  observation: string;
  /** Null if a fault ended the episode or prevented its grading. */
  reward: number | null;
  over: boolean;
  info: AgentInfo;
  /** Error of the grading. */
  ungraded: Error | null;
}

/** Result of the actions of one turn. */
export interface PlayedTurn {
  messages: NewMessage[];
  /** Reward of the last action that was played; 0 without one. */
  reward: number | null;
  done: boolean;
  truncated: boolean;
  made_tool_call: boolean;
  /** True if the turn ends the try: it was blank, or a call led to an end that could not be graded. */
  failed: boolean;
  /** Info of the last action that was played; null without one. */
  info: AgentInfo | null;
}

type ActionGenerator = Generator<unknown, void, GymStep>;

/**
 * Plays the actions of one turn in order (docs/spec/act-prm.md#7-1). Yields each text for the `AgentEnv`, which may be a value of another
 * type, and receives its result. The caller decides whether to wait in between.
 */
export function* playActions(actions: readonly ActionFromLLM[]): Generator<unknown, PlayedTurn, GymStep> {
  const played: PlayedTurn = { messages: [], reward: 0, done: false, truncated: false, made_tool_call: false, failed: false, info: null };
  for (const [i, action] of actions.entries()) {
    if (action.type === "function_call") {
      yield* action.name === RESPOND_USER ? respondToUser(played, action) : callTool(played, action);
      if (played.done) break;
    } else if ((action.type === "message" || action.type === "reasoning") && i === actions.length - 1) {
      yield* speak(played, action.text ?? "");
    }
  }
  return played;
}

/** Sends words to the user. The model always receives a confirmation. */
function* respondToUser(played: PlayedTurn, { arguments: args, call_id }: ActionFromLLM): ActionGenerator {
  const step = yield args && Object.hasOwn(args, "text") ? args["text"] : "";
  addToolOutput(played, call_id, "Message sent to user.");
  addUserMessage(played, step);
  played.made_tool_call = true;
}

/** Calls a tool, `done` included. A call without a name is a message to the user. */
function* callTool(played: PlayedTurn, { name, arguments: args, call_id }: ActionFromLLM): ActionGenerator {
  const step = yield pyJsonDumps({ name, arguments: args ?? {} });
  setOutcome(played, step);
  if (step.ungraded) {
    addToolOutput(played, call_id, `Tool call error for '${pyStr(name)}': ${step.ungraded.name}: ${step.ungraded.message}`);
    played.truncated = true;
    played.failed = true;
    return;
  }
  addToolOutput(played, call_id, step.observation || "No output.");
  played.made_tool_call = true;
}

/** Sends words that are not in a call to the user. Blank words end the episode. */
function* speak(played: PlayedTurn, text: string): ActionGenerator {
  if (pyStrip(text) !== "") {
    addUserMessage(played, yield text);
    return;
  }
  played.messages.push({ role: "user", content: "You must use tool calls to interact. Please try again." });
  played.done = true;
  played.truncated = true;
  played.failed = true;
}

function addUserMessage(played: PlayedTurn, step: GymStep): void {
  setOutcome(played, step);
  if (!step.over && step.observation !== "") played.messages.push({ role: "user", content: step.observation });
}

function setOutcome(played: PlayedTurn, { reward, over, info }: GymStep): void {
  played.reward = reward;
  played.done = over;
  played.info = info;
}

function addToolOutput(played: PlayedTurn, call_id: string | null, output: string): void {
  played.messages.push({ role: "tool", type: "function_call_output", call_id, output });
}

/** Runs a generator, and passes it the answer to each value that it yields. Synchronous as long as answers are. */
export function runGenerator<Question, Result, Answer>(
  work: Generator<Question, Result, Answer>,
  answer: (question: Question) => MaybePromise<Answer>,
): MaybePromise<Result> {
  let next = work.next();
  while (!next.done) {
    const given = answer(next.value);
    if (given instanceof Promise) return given.then((value) => continueGenerator(work, answer, value));
    next = work.next(given);
  }
  return next.value;
}

async function continueGenerator<Question, Result, Answer>(
  work: Generator<Question, Result, Answer>,
  answer: (question: Question) => MaybePromise<Answer>,
  first: Answer,
): Promise<Result> {
  let next = work.next(first);
  while (!next.done) next = work.next(await answer(next.value));
  return next.value;
}

/** Takes an action, and waits for its result. A value other than text is refused like in act-prm. */
export async function say(gym: AgentEnv, words: unknown, signal: AbortSignal | undefined): Promise<GymStep> {
  const wasOver = gym.done;
  return toGymStep(gym, wasOver, words, await gym.step(toText(words), signal ? { signal } : {}));
}

/** Takes an action synchronously. @throws Tau2Error `unsupported` if the counterpart returns a promise */
export function saySync(gym: AgentEnv, words: unknown): GymStep {
  const wasOver = gym.done;
  return toGymStep(gym, wasOver, words, gym.stepSync(toText(words)));
}

function toText(words: unknown): string {
  return typeof words === "string" ? words : "";
}

function toGymStep(gym: AgentEnv, wasOver: boolean, words: unknown, result: StepResult<AgentInfo>): GymStep {
  const { reward, terminated, truncated, info } = result;
  const step = { reward, over: terminated || truncated, ungraded: wasOver ? null : getGradingError(gym) };
  const observation = parseObservation(result.observation);
  if (typeof words === "string" || info.invalid_action === undefined) return { ...step, observation, info };
  const invalid_action = `'${getPythonType(words)}' object has no attribute 'strip'`;
  return { ...step, observation: `Invalid action with error: ${invalid_action}`, info: { ...info, invalid_action } };
}

/** Returns the error of the grading, if the episode ended without a grade. */
function getGradingError(gym: AgentEnv): Error | null {
  const { outcome, fault } = gym.snapshot();
  if (!outcome || !fault) return null;
  return fault.error instanceof Error ? fault.error : new Error(String(fault.error));
}

function getPythonType(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return "dict";
}
