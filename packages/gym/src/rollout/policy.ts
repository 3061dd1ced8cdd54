import { type JsonObject, Tau2Error } from "@tau2/domains";
import { pyJsonDumps } from "@tau2/domains/internal";
import { goldAgent, noopAgent, type AgentFactory } from "@tau2/orchestrator";
import { createContexts, getVisibleMessages } from "@tau2/orchestrator/internal";
import { type ChatMessage, type ChatToolCall, isModelError, type ChatModel, type ChatReply, type ModelError } from "@tau2/user-sim";
import { parseToolArguments } from "@tau2/user-sim/internal";
import { type MaybePromise, mapMaybePromise } from "../env/maybe-promise.ts";
import { getActions, INVALID_TOOL_CALL } from "../training/get-actions.ts";
import { type FlatTool, type ModelMessage, type ModelToolCall, RESPOND_USER, type ActionFromLLM } from "../training/messages.ts";
import type { EpisodeState } from "../training/state.ts";

/** What a policy gets to answer. */
export interface PolicyTurn {
  /** What the model is shown, the system prompt first. */
  messages: readonly ModelMessage[];
  tools: readonly FlatTool[];
  /** Where the episode stands. */
  state: EpisodeState;
  /** Null: the policy's own. */
  temperature: number | null;
  /** Null: the policy's own. */
  maxTokens: number | null;
  /** Of this episode; null for none. */
  seed: number | null;
  signal?: AbortSignal;
}

/** What a policy answers: text, in which calls stand between `<tool_call>` and `</tool_call>`, or calls beside it. */
export interface PolicyReply {
  content: string | null;
  tool_calls?: readonly ModelToolCall[] | null;
  /** Log-probabilities of the ids that were said, where they are known. */
  logprobs?: readonly number[];
}

/** Whoever is evaluated or trained. It holds no state of its own: what it says is a function of its turn. */
export interface Policy {
  /** For people and files. */
  readonly name: string;
  /** What it does; null when it has nothing more to say, which ends the episode as it stands. */
  act(turn: PolicyTurn): MaybePromise<PolicyReply | string | null>;
  /** The log-probability of each of these ids after those before it, for policies that can tell. */
  score?(tokens: readonly number[]): MaybePromise<readonly number[]>;
}

/** An agent of `@tau2/orchestrator` as a policy: its words go through `respond_user`. */
export function agentPolicy(name: string, makeAgent: AgentFactory): Policy {
  return {
    name,
    act({ state, seed, signal }) {
      const { context, conversation } = state.tau2_episode;
      const agent = makeAgent(createContexts(context.rules.environment, { task: context.task, seed, trial: 0 }).agent);
      const messages = getVisibleMessages(conversation.messages, "agent");
      return mapMaybePromise(agent.respond({ messages, signal }), ({ content, tool_calls }): PolicyReply => {
        const calls = tool_calls ?? [{ name: RESPOND_USER, arguments: { text: content ?? "" } }];
        return {
          content: tool_calls ? content : null,
          tool_calls: calls.map((call, i) => toModelToolCall(call, `call_${state.timestep + 1}_${i + 1}`)),
        };
      });
    },
  };
}

/** Plays each task's solution; needs no key. */
export function goldPolicy(): Policy {
  return agentPolicy("gold", ({ task }) => goldAgent({ task }));
}

/** The baseline: polite, and does nothing; needs no key. */
export function noopPolicy(): Policy {
  return agentPolicy("noop", () => noopAgent());
}

function toModelToolCall({ name, arguments: args }: { name: string; arguments: JsonObject }, id: string): ModelToolCall {
  return { id, type: "function", function: { name, arguments: pyJsonDumps(args) } };
}

/** A reply as the message that trainers keep. */
export function toReplyMessage({ content, tool_calls }: PolicyReply): ModelMessage {
  return { role: "assistant", content, ...(tool_calls && tool_calls.length > 0 ? { tool_calls } : {}) };
}

/** What a reply does: its calls, or else what its text does. @param parse how text is read */
export function toReplyActions(
  { content, tool_calls }: PolicyReply,
  parse: (text: string) => ActionFromLLM[] = getActions,
): ActionFromLLM[] {
  if (!tool_calls || tool_calls.length === 0) return parse(content ?? "");
  const said: ActionFromLLM[] = content
    ? [{ role: "assistant", type: "message", text: content, call_id: null, name: null, arguments: null }]
    : [];
  return [...said, ...tool_calls.map(toCallAction)];
}

/** A call whose arguments are no object is one of a tool that does not exist, so that the model is told. */
function toCallAction(call: ModelToolCall): ActionFromLLM {
  const args = parseCallArguments(call);
  const { id, function: called } = call;
  return {
    role: "assistant",
    type: "function_call",
    text: null,
    call_id: id,
    name: args ? called.name : INVALID_TOOL_CALL,
    arguments: args ?? { arguments: called.arguments },
  };
}

/** The arguments of a call; null when they are no JSON object. */
export function parseCallArguments({ function: called }: ModelToolCall): JsonObject | null {
  const parsed = parseToolArguments(called.arguments);
  return "arguments" in parsed ? parsed.arguments : null;
}

/**
 * Messages as endpoints take them. An answer to a call that stood in the model's text has no id that an endpoint would know, so it goes as
 * words of the user between `<tool_response>` and `</tool_response>`, and words of the user that follow each other become one message.
 */
export function toChatMessages(messages: readonly ModelMessage[]): ChatMessage[] {
  const sent: ChatMessage[] = [];
  for (const message of messages) {
    const next = toChatMessage(message);
    const last = sent.at(-1);
    if (next.role !== "user" || last?.role !== "user") sent.push(next);
    else sent[sent.length - 1] = { role: "user", content: `${last.content}\n${next.content}` };
  }
  return sent;
}

function toChatMessage({ role, content, tool_calls, tool_call_id }: ModelMessage): ChatMessage {
  switch (role) {
    case "system":
      return { role, content: content ?? "" };
    case "assistant":
      return { role, content, tool_calls: tool_calls?.map(toChatToolCall) ?? null };
    case "tool":
      if (tool_call_id !== undefined) return { role, content: content ?? "", tool_call_id };
      return { role: "user", content: `<tool_response>\n${content ?? ""}\n</tool_response>` };
    default:
      return { role: "user", content: content ?? "" };
  }
}

function toChatToolCall(call: ModelToolCall): ChatToolCall {
  return { id: call.id, name: call.function.name, arguments: parseCallArguments(call) ?? { arguments: call.function.arguments } };
}

/** Messages whose system prompt says which tools there are and how they are called, for models whose endpoint knows no tools. */
export function addToolsToSystemPrompt(messages: readonly ModelMessage[], tools: readonly FlatTool[]): ModelMessage[] {
  return messages.map((message) => {
    return message.role === "system" ? { ...message, content: [message.content ?? "", formatTools(tools)].join("\n\n") } : message;
  });
}

function formatTools(tools: readonly FlatTool[]): string {
  const list = tools.map(({ name, description, parameters }) => JSON.stringify({ name, description, parameters }));
  return [
    "These are the tools, each with a JSON schema of its arguments:",
    "<tools>",
    ...list,
    "</tools>",
    "Write one call in each answer, as JSON with the tool's name and its arguments, between two tags. For example:",
    "<tool_call>",
    '{"name": "respond_user", "arguments": {"text": "Good morning, what can I do for you?"}}',
    "</tool_call>",
  ].join("\n");
}

/** Options of {@link modelPolicy}. */
export interface ModelPolicyOptions {
  /** Behind any OpenAI-compatible endpoint: vLLM, llama.cpp, Tinker's, … */
  model: ChatModel;
  /** Sent with every request, in the endpoint's own names; a rollout's temperature, `max_tokens` and seed win over them. */
  parameters?: JsonObject | undefined;
  /**
   * How the model is told of its tools. `native` (default): through the endpoint; calls in its text are understood as well. `text`: in the
   * system prompt, for endpoints that know no tools.
   */
  tools?: "native" | "text" | undefined;
}

/** A model as a policy. */
export function modelPolicy({ model, parameters = {}, tools: mode = "native" }: ModelPolicyOptions): Policy {
  return {
    name: model.name,
    async act({ messages, tools, temperature, maxTokens, seed, signal }) {
      const shown = mode === "text" ? addToolsToSystemPrompt(messages, tools) : messages;
      const request = {
        messages: toChatMessages(shown),
        ...(mode === "native" ? { tools: tools.map(toToolDeclaration) } : {}),
        parameters: { ...parameters, ...toSamplingParameters({ temperature, maxTokens, seed }) },
        ...(signal ? { signal } : {}),
      };
      try {
        return toPolicyReply(await model.complete(request));
      } catch (thrown) {
        const call = getUnreadableCall(thrown);
        if (!call) throw thrown;
        return { content: null, tool_calls: [{ id: "call_1", type: "function", function: call }] };
      }
    },
  };
}

function toToolDeclaration({ type, ...tool }: FlatTool) {
  return { type, function: tool };
}

function toSamplingParameters({ temperature, maxTokens, seed }: Pick<PolicyTurn, "temperature" | "maxTokens" | "seed">): JsonObject {
  return {
    ...(temperature === null ? {} : { temperature }),
    ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
    ...(seed === null ? {} : { seed }),
  };
}

function toPolicyReply({ content, toolCalls }: ChatReply): PolicyReply {
  const calls = toolCalls?.map(({ id, name, arguments: args }, i): ModelToolCall => {
    return { id: id || `call_${i + 1}`, type: "function", function: { name, arguments: pyJsonDumps(args) } };
  });
  return { content, tool_calls: calls ?? null };
}

/** A call whose arguments are no JSON is the model's own mistake: it is played, not counted as a fault of the endpoint. */
function getUnreadableCall(thrown: unknown): ModelError["call"] {
  return isModelError(thrown) ? thrown.call : null;
}

/** A policy, a model that is made one with `modelPolicy`, or just what a policy does. */
export type PolicyOption = Policy | ChatModel | Policy["act"];

/** @throws Tau2Error `invalid` for what is none of them */
export function toPolicy(policy: PolicyOption): Policy {
  if (typeof policy === "function") return { name: policy.name || "function", act: policy };
  if (typeof policy !== "object" || policy === null) throw new Tau2Error("invalid", "no policy: give a policy, a model, or a function");
  return "complete" in policy ? modelPolicy({ model: policy }) : policy;
}
