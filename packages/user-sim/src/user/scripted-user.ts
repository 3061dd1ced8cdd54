import { hasText, hasToolCalls, type ExpectedAction, type Message, type Task, type UserMessage } from "@tau2/domains";
import { firstPerson } from "./first-person.ts";
import { say, withoutTokens } from "./say.ts";
import { STOP, TRANSFER } from "./stop-tokens.ts";
import type { UserSimulator, UserTurn } from "./user.ts";

/** Options of {@link scriptedUser}. */
export interface ScriptedUserOptions {
  task: Pick<Task, "user_scenario" | "evaluation_criteria"> & Partial<Pick<Task, "initial_state">>;
  /** How many messages of the agent that ask for nothing it could do it answers before it hangs up. */
  patience?: number;
}

/** A {@link UserSimulator} that answers at once. */
export interface ScriptedUser extends UserSimulator {
  respond(turn: UserTurn): UserMessage;
}

const callIds = "user_call_";
const which = "Tell me what to do on my side, by the name that it has there, and I will do it.";

/**
 * A customer without a model. It tells the agent everything in its first message, then performs user-side actions of the task's solution as
 * the agent names them, one for each message, and reports every result: by itself it does nothing, or an agent could earn a reward by waiting.
 * What else it hears it answers by asking to go ahead, at most `patience` times. With no action left it says thanks unless it is asked, and
 * hangs up.
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
      const done = performed(own);
      const left = actions.map((action, i) => ({ action, n: i + 1 })).filter(({ n }) => !done.has(n));
      const asked = named(left, heard);
      if (asked) return perform(asked.action, asked.n);
      const answered = own.filter(({ content }) => content === speech.again || content === which).length;
      const isQuestion = heard.trim().endsWith("?");
      if (answered >= patience || !(isQuestion || left.length > 0)) return say(`Thank you, that is all. ${STOP}`);
      return say(isQuestion ? speech.again : which);
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

/** Numbers of the actions that it has done, read off the conversation, so that a forked or resumed one goes on where it stands. */
function performed(own: readonly UserMessage[]): Set<number> {
  const ids = own.flatMap((message) => (hasToolCalls(message) ? message.tool_calls : [])).map(({ id }) => id);
  return new Set(ids.filter((id) => id.startsWith(callIds)).map((id) => Number(id.slice(callIds.length))));
}

/** The action that a text names: all words of the name stand in it. Of several the one with the longest name, then the first. */
function named<T extends { action: ExpectedAction }>(actions: readonly T[], text: string): T | undefined {
  const heard = new Set(wordsOf(text));
  const fitting = actions.filter(({ action }) => wordsOf(action.name).every((word) => heard.has(word)));
  return fitting.toSorted((a, b) => wordsOf(b.action.name).length - wordsOf(a.action.name).length)[0];
}

function wordsOf(text: string): string[] {
  // "Wi-Fi" is `wifi` in the name of a tool.
  return (
    text
      .toLowerCase()
      .replaceAll("-", "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function perform({ name, arguments: args }: ExpectedAction, n: number): UserMessage {
  return { role: "user", content: null, tool_calls: [{ id: `${callIds}${n}`, name, arguments: args, requestor: "user" }], cost: 0 };
}
