import type { AgentDb, UserDb, Domain, DomainData, SoloDomain, Toolkit } from "../domain/domain.ts";
import { Tau2Error, isTau2Error, isToolError, getErrorMessage } from "../errors.ts";
import { hashText } from "../schema/hash-database.ts";
import { toToolOutput } from "../schema/to-tool-output.ts";
import type { Json } from "../json/json.ts";
import type { Requestor, ToolCall, ToolMessage } from "../task/message.ts";
import { parseToolArguments } from "../tool/call-arguments.ts";
import type { Tool } from "../tool/tool.ts";
import { deepFreeze, updateState } from "../state/update-state.ts";
import type { EnvironmentAssertion, EnvironmentCall } from "../task/task.ts";

/** Both databases at one moment, as a frozen value: keep it, restore it, or fork from it. */
export interface EnvironmentState<A = unknown, U = unknown> {
  readonly agent: A;
  readonly user: U;
  /** Number of ids that `newId` has returned. */
  readonly issued: number;
  /** Values that tools keep outside of the databases. They are not hashed or compared. */
  readonly notes: Readonly<Record<string, Json>>;
}

/** Immutable parts of an environment: everything but its state. */
export interface EnvironmentConfig<D extends Domain = Domain> {
  readonly domain: D;
  readonly data: DomainData<AgentDb<D>, UserDb<D>>;
  /** In solo mode the agent works without a user, and has the user's tools, too. */
  readonly solo: boolean;
  /** Creates the n-th id for tools, from 1: eight hexadecimal digits. */
  newId(n: number): string;
}

/** Options of {@link createEnvironmentConfig}. */
export interface EnvironmentOptions {
  /** Default: false. */
  solo?: boolean | undefined;
  /** Creates the n-th id for tools, from 1. Default: the same eight hexadecimal digits in every environment, so that records replay. */
  newId?: ((n: number) => string) | undefined;
}

/**
 * Combines a domain and its data into the configuration of environments. In solo mode the agent's tools include the user's.
 * @throws Tau2Error `unsupported` for solo mode in a domain without it.
 * @example
 * ```ts
 * import { createEnvironmentConfig, Environment } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { telecom } from "@tau2/domains/telecom";
 *
 * const config = createEnvironmentConfig(telecom, loadData(telecom), { solo: true });
 * console.log(new Environment(config).call("toggle_wifi").content);
 * ```
 */
export function createEnvironmentConfig<D extends Domain>(
  domain: D,
  data: DomainData<AgentDb<D>, UserDb<D>>,
  options: EnvironmentOptions & { solo: true },
): EnvironmentConfig<SoloDomain<D>>;
export function createEnvironmentConfig<D extends Domain>(
  domain: D,
  data: DomainData<AgentDb<D>, UserDb<D>>,
  options?: EnvironmentOptions,
): EnvironmentConfig<D>;
export function createEnvironmentConfig(domain: Domain, data: DomainData, options: EnvironmentOptions = {}): EnvironmentConfig {
  const solo = options.solo ?? false;
  if (solo && !domain.solo) {
    const title = domain.name.charAt(0).toUpperCase() + domain.name.slice(1);
    throw new Tau2Error("unsupported", `${title} domain does not support solo mode`);
  }
  return { domain, data, solo, newId: options.newId ?? createId };
}

function createId(n: number): string {
  return hashText(`id ${n}`).slice(0, 8);
}

/** Returns the agent's policy. */
export function getPolicy({ data, solo }: EnvironmentConfig): string {
  return solo ? (data.soloPolicy ?? data.policy) : data.policy;
}

/** Returns the tools of a requestor. In solo mode the agent's include the user's. */
export function getTools({ domain, solo }: EnvironmentConfig, requestor: Requestor): readonly Tool[] {
  const own = requestor === "user" ? (solo ? [] : (domain.user?.tools ?? [])) : domain.agent.tools;
  const extra = requestor === "assistant" && solo ? (domain.user?.tools ?? []) : [];
  return [...own, ...extra];
}

/** One of the two databases. */
export type Side = "agent" | "user";

/** Returns the state before any call: the data, synced once. */
export function createBaseState<D extends Domain>(config: EnvironmentConfig<D>): EnvironmentState<AgentDb<D>, UserDb<D>> {
  const { db: agent, userDb } = config.data;
  return syncState(config, deepFreeze({ agent, user: userDb as UserDb<D>, issued: 0, notes: {} }));
}

/** Returns the state after the domain's sync hook. */
export function syncState<S extends EnvironmentState>(config: EnvironmentConfig, state: S): S {
  const { domain } = config;
  if (!domain.sync) return state;
  const next = updateState(state, (draft) => requireSync(domain.sync?.(draft), "a sync hook"));
  if ("thrown" in next) throw next.thrown;
  return next.state;
}

/** Outcome of a rule. After a throw the state has the changes before it. */
type Execution<S> = { state: S; value: unknown; text: string } | { state: S; thrown: unknown };

/** Runs a tool's rule on its side of a state, with parsed arguments. */
function runTool<S extends EnvironmentState>(
  config: EnvironmentConfig,
  state: S,
  side: Side,
  tool: Tool,
  args: Record<string, unknown>,
): Execution<S> {
  const run = (target: { -readonly [K in keyof EnvironmentState]: EnvironmentState[K] }) => {
    const context = { db: target[side] as never, notes: target.notes, newId: () => config.newId(++target.issued) };
    const value = requireSync(tool.run(context, args as never), "a rule");
    return { value, text: toToolOutput(tool.result, value) };
  };
  if (tool.kind !== "write") {
    try {
      return { state, ...run({ ...state }) };
    } catch (thrown) {
      return { state, thrown };
    }
  }
  const next = updateState(state, run);
  return "thrown" in next ? next : { state: next.state, ...next.value };
}

/** Refuses promises, which the types allow: changes after the rule has returned would be lost. @throws TypeError for a promise */
function requireSync<T>(value: T, what: string): T {
  if (!(value instanceof Promise)) return value;
  value.catch(() => {});
  throw new TypeError(`${what} must be synchronous, and returned a promise`);
}

type Outcome<S> = { state: S; content: string; error: boolean };

/**
 * Executes a tool call and syncs the two databases. Does not throw for anything that a model sent: the message then has `error` set.
 * @example
 * ```ts
 * import { createBaseState, createEnvironmentConfig, executeToolCall } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 *
 * const config = createEnvironmentConfig(mock, loadData(mock));
 * const before = createBaseState(config);
 * const call = { id: "1", name: "get_users", arguments: {}, requestor: "assistant" } as const;
 * const { state, message } = executeToolCall(config, before, call);
 * console.log(message.content, state === before);
 * ```
 */
export function executeToolCall<S extends EnvironmentState>(
  config: EnvironmentConfig,
  state: S,
  call: ToolCall,
): { state: S; message: ToolMessage } {
  const outcome = executeToolCallWithoutSync(config, state, call);
  let { content, error } = outcome;
  let next = outcome.state;
  if (!error) {
    try {
      next = syncState(config, next);
    } catch (thrown) {
      ({ content, error } = toErrorOutcome(thrown));
    }
  }
  return { state: next, message: { id: call.id, role: "tool", content, requestor: call.requestor, error } };
}

/** Executes a tool call without the sync. The grader uses it to build the expected state (docs/spec/core.md#7-3). */
export function executeToolCallWithoutSync<S extends EnvironmentState>(
  config: EnvironmentConfig,
  state: S,
  call: Pick<ToolCall, "name" | "arguments" | "requestor">,
): Outcome<S> {
  try {
    const { side, tool } = findTool(config, call.requestor, call.name);
    const args = parseToolArguments(tool, call.arguments);
    return answerToolCall(config, state, side, tool, args);
  } catch (thrown) {
    return { state, ...toErrorOutcome(thrown) };
  }
}

/** Runs a function or tool by name, as initial states do, and syncs. @throws Tau2Error `not_found`, `arguments`, or the function's refusal. */
export function callEnvFunction<S extends EnvironmentState>(
  config: EnvironmentConfig,
  state: S,
  call: EnvironmentCall,
): { state: S; value: unknown; text: string } {
  const side = call.env_type === "user" ? "user" : "agent";
  const toolkit = config.domain[side];
  const tool = [...(toolkit?.functions ?? []), ...(toolkit?.tools ?? [])].find(({ name }) => name === call.func_name);
  if (!tool) {
    throw new Tau2Error("not_found", `the ${call.env_type} side of ${config.domain.name} does not have a function '${call.func_name}'`);
  }
  const outcome = runTool(config, state, side, tool, parseToolArguments(tool, call.arguments));
  if ("thrown" in outcome) throw outcome.thrown;
  return { state: syncState(config, outcome.state), value: outcome.value, text: outcome.text };
}

/**
 * Runs a read tool and returns its value instead of its text.
 * @throws Tau2Error `tool` when the tool refuses, `arguments` for wrong arguments, `unsupported` for a tool that does not only read.
 */
export function readWithTool(
  config: EnvironmentConfig,
  state: EnvironmentState,
  call: Pick<ToolCall, "name" | "arguments" | "requestor">,
): unknown {
  const { side, tool } = findTool(config, call.requestor, call.name);
  if (tool.kind !== "read") {
    throw new Tau2Error("unsupported", `\`read\` runs tools of kind "read", and ${tool.name} is of kind "${tool.kind}": use \`call\``);
  }
  const outcome = runTool(config, state, side, tool, parseToolArguments(tool, call.arguments));
  if ("thrown" in outcome) throw outcome.thrown;
  return outcome.value;
}

/** Checks an assertion. @throws Tau2Error `invalid` if the function does not return a boolean, or like {@link callEnvFunction}. */
export function checkAssertion<S extends EnvironmentState>(
  config: EnvironmentConfig,
  state: S,
  assertion: EnvironmentAssertion,
): { state: S; met: boolean } {
  const { state: next, value } = callEnvFunction(config, state, assertion);
  if (typeof value !== "boolean") throw new Tau2Error("invalid", `assertion '${assertion.func_name}' must return true or false`);
  return { state: next, met: value === assertion.assert_value };
}

/** Finds the tool of a requestor. In solo mode the user's tools come first (docs/spec/core.md#3-2). */
function findTool(config: EnvironmentConfig, requestor: Requestor, name: string): { side: Side; tool: Tool } {
  const { domain, solo } = config;
  if (requestor === "user" && solo) throw new Tau2Error("tool", "User tool calls are not allowed in solo mode");
  if (requestor === "user" && !domain.user) throw new Tau2Error("tool", "User tools not available");
  const sides: Side[] = requestor === "user" ? ["user"] : solo ? ["user", "agent"] : ["agent"];
  for (const side of sides) {
    const tool = domain[side]?.tools.find((candidate) => candidate.name === name);
    if (tool) return { side, tool };
  }
  throw new Tau2Error("tool", `Tool '${name}' not found.`);
}

/** Finds a tool by name on either side, the agent's first. Replays use it to decide what to run again (docs/spec/core.md#3-6). */
export function findToolOnEitherSide(domain: Domain, name: string): Tool | undefined {
  const find = (toolkit: Toolkit<unknown> | null) => toolkit?.tools.find((tool) => tool.name === name);
  return find(domain.agent) ?? find(domain.user);
}

function answerToolCall<S extends EnvironmentState>(
  config: EnvironmentConfig,
  state: S,
  side: Side,
  tool: Tool,
  args: Record<string, unknown>,
): Outcome<S> {
  const outcome = runTool(config, state, side, tool, args);
  if (!("thrown" in outcome)) return { state: outcome.state, content: outcome.text, error: false };
  // A refusal keeps the changes before it. Any other error is a bug in the tool, and is rolled back.
  return { state: isToolError(outcome.thrown) ? outcome.state : state, ...toErrorOutcome(outcome.thrown, tool.name) };
}

function toErrorOutcome(thrown: unknown, tool?: string): { content: string; error: true } {
  const message = isTau2Error(thrown) || !tool ? getErrorMessage(thrown) : `${tool} failed inside: ${getErrorMessage(thrown)}`;
  return { content: `Error: ${message}`, error: true };
}
