import { type JsonObject, Tau2Error } from "@tau2/domains";
import { parseCallArguments, pyJsonDumps } from "@tau2/domains/internal";
import { goldAgent, noopAgent, type AgentFactory } from "@tau2/orchestrator";
import { createContexts, getVisibleMessages } from "@tau2/orchestrator/internal";
import { type ChatMessage, type ChatToolCall, isModelError, type ChatModel, type ChatReply, type ModelError } from "@tau2/user-sim";
import { findRemembered, readRemembered } from "@tau2/user-sim/internal";
import { type MaybePromise, mapMaybePromise } from "../episode/episode.ts";
import { getActions, INVALID_TOOL_CALL } from "../training/get-actions.ts";
import { type FlatTool, type ModelMessage, type ModelToolCall, RESPOND_USER, type ActionFromLLM } from "../training/messages.ts";
import type { EpisodeState } from "../training/state.ts";

/** Turn of an episode that a policy answers. */
export interface PolicyTurn {
  /** Messages for the model, the system prompt first. */
  messages: readonly ModelMessage[];
  tools: readonly FlatTool[];
  /** State of the episode before the turn. */
  state: EpisodeState;
  /** Null: the policy's own. */
  temperature: number | null;
  /** Null: the policy's own. */
  maxTokens: number | null;
  /** Seed of the policy in this episode, or null. */
  seed: number | null;
  signal?: AbortSignal;
}

/** Answer of a policy: text with calls between `<tool_call>` and `</tool_call>`, or calls beside the text. */
export interface PolicyReply {
  content: string | null;
  tool_calls?: readonly ModelToolCall[] | null;
  /** Other fields of the message, such as `reasoning_content`, or signatures that the model's endpoint expects back. */
  fields?: Omit<ModelMessage, "role" | "content" | "tool_calls" | "tool_call_id"> | undefined;
  /** Log-probabilities of the answer's token ids, if they are known. */
  logprobs?: readonly number[];
}

/** Policy to evaluate or train. Stateless: its answer depends only on its turn. */
export interface Policy {
  /** Name in logs and files. */
  readonly name: string;
  /** Returns the answer to a turn, or null to end the episode. */
  act(turn: PolicyTurn): MaybePromise<PolicyReply | string | null>;
  /** Returns the log-probability of each token id given those before it, for policies that know it. */
  score?(tokens: readonly number[]): MaybePromise<readonly number[]>;
}

/** Creates a policy from an agent of `@tau2/orchestrator`. Its words become calls of `respond_user`. */
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
          tool_calls: calls.map((call, i) => toModelToolCall(call, createCallId(state.timestep + 1, i))),
        };
      });
    },
  };
}

/** Creates a policy that plays each task's solution. Does not need a key. */
export function goldPolicy(): Policy {
  return agentPolicy("gold", ({ task }) => goldAgent({ task }));
}

/** Creates the baseline policy: polite, without tool calls. Does not need a key. */
export function noopPolicy(): Policy {
  return agentPolicy("noop", () => noopAgent());
}

function toModelToolCall({ name, arguments: args }: { name: string; arguments: JsonObject }, id: string): ModelToolCall {
  return { id, type: "function", function: { name, arguments: pyJsonDumps(args) } };
}

/** Converts a reply to the message that a trainer keeps. */
export function toReplyMessage({ content, tool_calls, fields }: PolicyReply): ModelMessage {
  return { role: "assistant", content, ...fields, ...(tool_calls && tool_calls.length > 0 ? { tool_calls } : {}) };
}

/** Converts a reply to actions: its calls, or the actions in its text. @param parse parses the text */
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

/**
 * Converts a call. If its arguments are not an object, the action names a tool that does not exist, so that the model receives an error.
 */
function toCallAction(call: ModelToolCall): ActionFromLLM {
  const args = findCallArguments(call);
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

/** Returns the arguments of a call, or null if they are not a JSON object. */
function findCallArguments({ function: called }: ModelToolCall): JsonObject | null {
  const parsed = parseCallArguments(called.arguments);
  return "arguments" in parsed ? parsed.arguments : null;
}

/**
 * Converts messages for an endpoint. The result of a call in the model's text does not have an id that the endpoint knows: it becomes a
 * user message between `<tool_response>` and `</tool_response>`. Consecutive user messages are joined.
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

function toChatMessage(message: ModelMessage): ChatMessage {
  const { role, content, tool_calls, tool_call_id } = message;
  switch (role) {
    case "system":
      return { role, content: content ?? "" };
    case "assistant":
      return { role, content, tool_calls: tool_calls?.map(toChatToolCall) ?? null, ...readRemembered(message) };
    case "tool":
      if (tool_call_id !== undefined) return { role, content: content ?? "", tool_call_id };
      return { role: "user", content: `<tool_response>\n${content ?? ""}\n</tool_response>` };
    default:
      return { role: "user", content: content ?? "" };
  }
}

function toChatToolCall(call: ModelToolCall): ChatToolCall {
  return { id: call.id, name: call.function.name, arguments: findCallArguments(call) ?? { arguments: call.function.arguments } };
}

/** Adds the tools and the form of a call to the system prompt, for models whose endpoint does not support tools. */
function addToolsToSystemPrompt(messages: readonly ModelMessage[], tools: readonly FlatTool[]): ModelMessage[] {
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
  /** Model behind any OpenAI-compatible endpoint, such as vLLM, llama.cpp or Tinker. */
  model: ChatModel;
  /** Parameters of every request, by the endpoint's names. The temperature, `max_tokens` and seed of a rollout override them. */
  parameters?: JsonObject | undefined;
  /**
   * Description of the tools. `native` (default): through the endpoint; calls in the model's text are parsed too. `text`: in the system
   * prompt, for endpoints that do not support tools.
   */
  tools?: "native" | "text" | undefined;
  /** True to keep the reasoning text in the messages of the rollout, for models that receive it back. Default: false. */
  keepReasoning?: boolean | undefined;
}

/**
 * Creates a policy from a model.
 * @example
 * ```ts
 * import { modelPolicy } from "@tau2/gym/training";
 * import { openAiModel } from "@tau2/user-sim";
 *
 * const policy = modelPolicy({ model: openAiModel({ model: "qwen3-4b", baseUrl: "http://127.0.0.1:8000/v1" }), tools: "text" });
 * ```
 */
export function modelPolicy({ model, parameters = {}, tools: mode = "native", keepReasoning = false }: ModelPolicyOptions): Policy {
  return {
    name: model.name,
    async act({ messages, tools, state, temperature, maxTokens, seed, signal }) {
      const shown = mode === "text" ? addToolsToSystemPrompt(messages, tools) : messages;
      const request = {
        messages: toChatMessages(shown),
        ...(mode === "native" ? { tools: tools.map(toToolDeclaration) } : {}),
        parameters: { ...parameters, ...toSamplingParameters({ temperature, maxTokens, seed }) },
        ...(signal ? { signal } : {}),
      };
      try {
        return toPolicyReply(await model.complete(request), state.timestep + 1, keepReasoning);
      } catch (thrown) {
        const call = getUnreadableCall(thrown);
        if (!call) throw thrown;
        const { id, ...called } = call;
        return { content: null, tool_calls: [{ id: id || createCallId(state.timestep + 1, 0), type: "function", function: called }] };
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

/** Creates an id, unique in the episode, for a call whose model did not give one. */
function createCallId(turn: number, i: number): string {
  return `call_${turn}_${i + 1}`;
}

function toPolicyReply({ content, toolCalls, raw }: ChatReply, turn: number, keepReasoning: boolean): PolicyReply {
  const { reasoning, returned } = findRemembered(raw);
  const calls = toolCalls?.map(({ id, name, arguments: args }, i): ModelToolCall => {
    return { id: id || createCallId(turn, i), type: "function", function: { name, arguments: pyJsonDumps(args) }, ...returned?.calls[i] };
  });
  const fields = {
    ...returned?.message,
    ...(keepReasoning && reasoning !== null ? { [returned?.reasoningKey ?? "reasoning_content"]: reasoning } : {}),
  };
  return { content, tool_calls: calls ?? null, fields };
}

/** Returns the call whose arguments are not JSON. It is the model's mistake, so it is played, not reported as a fault of the endpoint. */
function getUnreadableCall(thrown: unknown): ModelError["call"] {
  return isModelError(thrown) ? thrown.call : null;
}

/** Policy, a model for `modelPolicy`, or the `act` function of a policy. */
export type PolicyOption = Policy | ChatModel | Policy["act"];

/** Returns the policy of an option. @throws Tau2Error `invalid` for any other value */
export function toPolicy(policy: PolicyOption): Policy {
  if (typeof policy === "function") return { name: policy.name || "function", act: policy };
  if (typeof policy !== "object" || policy === null) {
    throw new Tau2Error("invalid", "policy is missing: give a policy, a model, or a function");
  }
  return "complete" in policy ? modelPolicy({ model: policy }) : policy;
}
