import { hasText, isToolCall, type Action, type Message, type Task, type UserMessage } from "@tau2/domains";
import { firstPerson } from "./first-person.ts";
import { say, withoutTokens } from "./say.ts";
import { STOP, TRANSFER } from "./stop-tokens.ts";
import type { User, UserTurn } from "./user.ts";

/** Options of {@link scriptedUser}. */
export interface ScriptedUserOptions {
  task: Pick<Task, "user_scenario" | "evaluation_criteria"> & Partial<Pick<Task, "initial_state">>;
  /** How many questions of the agent it answers before it hangs up. */
  patience?: number;
}

/** A {@link User} that answers at once. */
export interface ScriptedUser extends User {
  respond(turn: UserTurn): UserMessage;
}

const callIds = "user_call_";

/**
 * A customer without a model. It tells the agent everything in its first message, then performs the user-side actions of the task's
 * solution, one for each message of the agent, and reports every result. With none left it answers questions by asking to go ahead,
 * at most `patience` of them, and otherwise says thanks and hangs up.
 */
export function scriptedUser({ task, patience = 3 }: ScriptedUserOptions): ScriptedUser {
  const speech = speechFor(task);
  const actions = (task.evaluation_criteria?.actions ?? []).filter((action) => action.requestor === "user");
  const history = task.initial_state?.message_history ?? [];
  // A history that ends with the agent's words ended another matter: this one is still to be told.
  const untold = history.at(-1)?.role === "assistant" ? history.filter((message) => message.role === "user").length : 0;

  return {
    implementation: "scripted_user",
    model: null,
    respond({ messages }) {
      const own = messages.filter((message) => message.role === "user");
      if (own.length === 0 || own.length === untold) return say(speech.opening);
      const results = trailingResults(messages);
      if (results.length > 0) return say(report(results));

      const heard = messages.at(-1)?.content ?? "";
      if (/you are being transferred to a human agent/i.test(heard)) return say(`All right, I will wait for them. ${TRANSFER}`);
      const next = actions[performed(own)];
      if (next) return perform(next, performed(own) + 1);
      const answered = own.filter((message) => message.content === speech.again).length;
      return heard.trim().endsWith("?") && answered < patience ? say(speech.again) : say(`Thank you, that is all. ${STOP}`);
    },
  };
}

function speechFor({ user_scenario: { instructions } }: Pick<Task, "user_scenario">): { opening: string; again: string } {
  const parts =
    typeof instructions === "string"
      ? [instructions]
      : [instructions.reason_for_call, instructions.known_info, instructions.task_instructions];
  const known = typeof instructions === "string" ? instructions : (instructions.known_info ?? instructions.reason_for_call);
  const story = parts.map((part) => spoken(part ?? "")).filter((part) => part !== "");
  return {
    opening: ["Hello!", ...story].length > 1 ? ["Hello!", ...story].join("\n") : "Hello! Please help me with my request.",
    again: ["You have all the details that I can give, so please go ahead.", spoken(known)].filter((part) => part !== "").join("\n"),
  };
}

function spoken(text: string): string {
  return firstPerson(withoutTokens(text));
}

function trailingResults(messages: readonly Message[]): readonly Message[] {
  return messages.slice(messages.findLastIndex((message) => message.role !== "tool") + 1);
}

function report(results: readonly Message[]): string {
  return results
    .map((result) => {
      const failed = result.role === "tool" && result.error;
      return `${failed ? "That did not work." : "Done."} ${hasText(result) ? withoutTokens(result.content) : ""}`.trim();
    })
    .join("\n");
}

/** What it did is read off the conversation, so that a forked or resumed one goes on where it stands. */
function performed(own: readonly UserMessage[]): number {
  return own.flatMap((message) => (isToolCall(message) ? message.tool_calls : [])).filter((call) => call.id.startsWith(callIds)).length;
}

function perform({ name, arguments: args }: Action, n: number): UserMessage {
  return { role: "user", content: null, tool_calls: [{ id: `${callIds}${n}`, name, arguments: args, requestor: "user" }], cost: 0 };
}
