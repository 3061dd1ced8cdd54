import { hasText } from "@tau2/domains/internal";
import { hasToolCalls, type ExpectedAction, type Message, type Task, type UserMessage } from "@tau2/domains";
import { createUserMessage, removeStopTokens, STOP, TRANSFER } from "./stop-tokens.ts";
import type { UserSimulator, UserTurn } from "./user.ts";

/** Options of {@link scriptedUser}. */
export interface ScriptedUserOptions {
  task: Pick<Task, "user_scenario" | "evaluation_criteria"> & Partial<Pick<Task, "initial_state">>;
  /** Agent messages without a usable request that the user answers before it ends the conversation. Default 3. */
  patience?: number | undefined;
}

/** {@link UserSimulator} that answers synchronously. */
export interface ScriptedUser extends UserSimulator {
  respond(turn: UserTurn): UserMessage;
}

const callIdPrefix = "user_call_";
const askForName = "Tell me what to do on my side, by the name that it has there, and I will do it.";

/**
 * Creates a customer without a model. Its first message tells everything. Then it performs the user-side actions of the task's solution,
 * but only those that the agent names, one per message, and reports each result. An agent that asks for nothing earns nothing.
 * Other messages are answered at most `patience` times; then, or when no action is left, the user ends the conversation.
 * @example
 * ```ts
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { scriptedUser } from "@tau2/user-sim";
 *
 * const task = loadData(mock).tasks()[0]!;
 * const user = scriptedUser({ task });
 * const message = user.respond({ messages: [{ role: "assistant", content: "Hi! How can I help you today?", tool_calls: null }] });
 * ```
 */
export function scriptedUser({ task, patience = 3 }: ScriptedUserOptions): ScriptedUser {
  const speech = createSpeech(task);
  const actions = (task.evaluation_criteria?.actions ?? []).filter((action) => action.requestor === "user");
  const history = task.initial_state?.message_history ?? [];
  // A history that ends with the agent's text settled another matter, so the scenario is still to be told.
  const spokenBefore = history.at(-1)?.role === "assistant" ? history.filter((message) => message.role === "user").length : 0;

  return {
    implementation: "scripted_user",
    model: null,
    respond({ messages }) {
      const own = messages.filter((message) => message.role === "user");
      if (own.length === 0 || own.length === spokenBefore) return createUserMessage(speech.opening);
      const results = messages.slice(messages.findLastIndex((message) => message.role !== "tool") + 1);
      if (results.length > 0) return createUserMessage(formatResults(results));

      const heard = messages.at(-1)?.content ?? "";
      const isTransfer = /you are being transferred to a human agent/i.test(heard);
      if (isTransfer) return createUserMessage(`All right, I will wait for them. ${TRANSFER}`);
      const done = findPerformed(own);
      const left = actions.map((action, i) => ({ action, n: i + 1 })).filter(({ n }) => !done.has(n));
      const requested = findNamed(left, heard);
      if (requested) return createCall(requested.action, requested.n);
      const answered = own.filter(({ content }) => content === speech.again || content === askForName).length;
      const isQuestion = heard.trim().endsWith("?");
      if (answered >= patience || !(isQuestion || left.length > 0)) return createUserMessage(`Thank you, that is all. ${STOP}`);
      return createUserMessage(isQuestion ? speech.again : askForName);
    },
  };
}

function createSpeech({ user_scenario: { instructions } }: Pick<Task, "user_scenario">): { opening: string; again: string } {
  const parts =
    typeof instructions === "string"
      ? [instructions]
      : [instructions.reason_for_call, instructions.known_info, instructions.task_instructions];
  const known = typeof instructions === "string" ? instructions : (instructions.known_info ?? instructions.reason_for_call);
  const story = parts.map((part) => toSpeech(part ?? "")).filter((part) => part !== "");
  return {
    opening: story.length > 0 ? ["Hello!", ...story].join("\n") : "Hello! Please help me with my request.",
    again: ["You have all the details that I can give, so please go ahead.", toSpeech(known)].filter((part) => part !== "").join("\n"),
  };
}

function toSpeech(text: string): string {
  return toFirstPerson(removeStopTokens(text));
}

function formatResults(results: readonly Message[]): string {
  return results
    .map((result) => {
      const failed = result.role === "tool" && result.error;
      return `${failed ? "That did not work." : "Done."} ${hasText(result) ? removeStopTokens(result.content) : ""}`.trim();
    })
    .join("\n");
}

/** Reads the numbers of the performed actions from the conversation, so that a forked or resumed one continues correctly. */
function findPerformed(own: readonly UserMessage[]): Set<number> {
  const ids = own.flatMap((message) => (hasToolCalls(message) ? message.tool_calls : [])).map(({ id }) => id);
  return new Set(ids.filter((id) => id.startsWith(callIdPrefix)).map((id) => Number(id.slice(callIdPrefix.length))));
}

/** Finds the action that a text names, with all words of its name. The longest name wins, then the first action. */
function findNamed<T extends { action: ExpectedAction }>(actions: readonly T[], text: string): T | undefined {
  const heard = new Set(splitWords(text));
  const fitting = actions.filter(({ action }) => splitWords(action.name).every((word) => heard.has(word)));
  return fitting.toSorted((a, b) => splitWords(b.action.name).length - splitWords(a.action.name).length)[0];
}

function splitWords(text: string): string[] {
  // "Wi-Fi" is `wifi` in the name of a tool.
  return (
    text
      .toLowerCase()
      .replaceAll("-", "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function createCall({ name, arguments: args }: ExpectedAction, n: number): UserMessage {
  return { role: "user", content: null, tool_calls: [{ id: `${callIdPrefix}${n}`, name, arguments: args, requestor: "user" }], cost: 0 };
}

/**
 * Converts a scenario about the customer ("You want to cancel your flight.") into the customer's own words ("I want to cancel my flight.").
 * Covers plain sentences with a few rules; it does not parse grammar.
 */
export function toFirstPerson(text: string): string {
  return pronounRules.reduce((spoken, [pattern, to]) => spoken.replace(pattern, (found: string) => matchCase(found, to)), text);
}

// "you" is "me" after a word that takes an object, unless the words that follow show it to be a subject ("because of what you have").
const wordsBeforeObject =
  "to|for|with|from|by|at|on|about|of|give|gives|tell|tells|ask|asks|offer|offers|help|helps|let|lets|charge|charged|send|sends|refund|contact";

const pronounRules: readonly (readonly [RegExp, string])[] = [
  [/\byou(?:'|’)re\b/gi, "I'm"],
  [/\byou(?:'|’)ve\b/gi, "I've"],
  [/\byou(?:'|’)d\b/gi, "I'd"],
  [/\byou(?:'|’)ll\b/gi, "I'll"],
  [/\bare you\b/gi, "am I"],
  [/\bwere you\b/gi, "was I"],
  [/\byou are\b/gi, "I am"],
  [/\byou were\b/gi, "I was"],
  [/\byourself\b/gi, "myself"],
  [/\byours\b/gi, "mine"],
  [/\byour\b/gi, "my"],
  [new RegExp(`(?<=\\b(?:${wordsBeforeObject}) )you\\b`, "gi"), "me"],
  [/\byou(?=\s*(?:[.,;:!?)]|$))/gi, "me"],
  [/\byou\b/gi, "I"],
];

function matchCase(found: string, to: string): string {
  return /^[A-Z]/.test(found) ? to.charAt(0).toUpperCase() + to.slice(1) : to;
}
