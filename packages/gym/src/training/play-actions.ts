import { pyJsonDumps, pyStr } from "@tau2/domains/internal";
import type { AgentInfo } from "../env/result.ts";
import type { ActionFromLLM } from "./keywords.ts";
import type { NewMessage } from "./messages.ts";
import { pythonStrip } from "./parse-observation.ts";
import { RESPOND_USER } from "./tools.ts";

/** What came of one action in the gym. */
export interface GymStep {
  /** Without the roles before its lines. */
  observation: string;
  /** Null when a fault ended the episode, or kept it from being graded. */
  reward: number | null;
  over: boolean;
  info: AgentInfo;
  /** What was thrown when the end could not be graded. */
  ungraded: Error | null;
}

/** What came of the actions of one turn. */
export interface Played {
  messages: NewMessage[];
  /** Of the last action that reached the gym; 0 when none did. */
  reward: number | null;
  done: boolean;
  truncated: boolean;
  made_tool_call: boolean;
  /** Whether the turn used up the try: it was blank, or a call led to an end that could not be graded. */
  failed: boolean;
  /** Of the last action that reached the gym; null when none did. */
  info: AgentInfo | null;
}

type Play = Generator<unknown, void, GymStep>;

/**
 * Takes the actions of one turn one after the other (docs/spec/act-prm.md#7-1). It yields what is to be said in the gym, which may be no text at
 * all, and is given what came of it; whoever drives it may wait in between or not.
 */
export function* playActions(actions: readonly ActionFromLLM[]): Generator<unknown, Played, GymStep> {
  const played: Played = { messages: [], reward: 0, done: false, truncated: false, made_tool_call: false, failed: false, info: null };
  for (const [i, action] of actions.entries()) {
    if (action.type === "function_call") {
      yield* action.name === RESPOND_USER ? respond(played, action) : call(played, action);
      if (played.done) break;
    } else if ((action.type === "message" || action.type === "reasoning") && i === actions.length - 1) {
      yield* speak(played, action.text ?? "");
    }
  }
  return played;
}

/** Words for the user, through the tool for them. They are confirmed whatever becomes of them. */
function* respond(played: Played, { arguments: args, call_id }: ActionFromLLM): Play {
  const step = yield args && Object.hasOwn(args, "text") ? args["text"] : "";
  answer(played, call_id, "Message sent to user.");
  hear(played, step);
  played.made_tool_call = true;
}

/** A call of a tool, `done` among them. Without a name it is no call, and the user gets to read it. */
function* call(played: Played, { name, arguments: args, call_id }: ActionFromLLM): Play {
  const step = yield pyJsonDumps({ name, arguments: args ?? {} });
  take(played, step);
  if (step.ungraded) {
    answer(played, call_id, `Tool call error for '${pyStr(name)}': ${step.ungraded.name}: ${step.ungraded.message}`);
    played.truncated = true;
    played.failed = true;
    return;
  }
  answer(played, call_id, step.observation || "No output.");
  played.made_tool_call = true;
}

/** Words that are not in a call reach the user all the same; no words end the episode. */
function* speak(played: Played, text: string): Play {
  if (pythonStrip(text) !== "") {
    hear(played, yield text);
    return;
  }
  played.messages.push({ role: "user", content: "You must use tool calls to interact. Please try again." });
  played.done = true;
  played.truncated = true;
  played.failed = true;
}

function hear(played: Played, step: GymStep): void {
  take(played, step);
  if (!step.over && step.observation !== "") played.messages.push({ role: "user", content: step.observation });
}

function take(played: Played, { reward, over, info }: GymStep): void {
  played.reward = reward;
  played.done = over;
  played.info = info;
}

function answer(played: Played, call_id: string | null, output: string): void {
  played.messages.push({ role: "tool", type: "function_call_output", call_id, output });
}
