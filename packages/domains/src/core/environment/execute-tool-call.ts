import type { AgentDb, UserDb, Domain, DomainData, SoloDomain, Toolkit } from "../domain/domain.ts";
import { Tau2Error, isTau2Error, isToolError, getErrorMessage } from "../errors.ts";
import { hashText, toToolOutput } from "../schema/to-tool-output.ts";
import type { Json } from "../json/json.ts";
import type { Requestor, ToolCall, ToolMessage } from "../task/message.ts";
import { type Tool, parseToolArguments } from "../tool/tool.ts";
import { deepFreeze } from "../state/deep-freeze.ts";
import { updateState } from "../state/state.ts";
import type { EnvironmentAssertion, EnvironmentCall } from "../task/task.ts";

/** The two databases at one moment, as a value. Keep it, go back to it, branch from it: it never changes. */
export interface EnvironmentState<A = unknown, U = unknown> {
  readonly agent: A;
  readonly user: U;
  /** Ids given out so far by `newId`. */
  readonly issued: number;
  /** What tools remember beside the databases; neither hashed nor compared. */
  readonly notes: Readonly<Record<string, Json>>;
}

/** Immutable parts of an environment: everything but its state. */
export interface EnvironmentConfig<D extends Domain = Domain> {
  readonly domain: D;
  readonly data: DomainData<AgentDb<D>, UserDb<D>>;
  /** The agent works alone, with the user's tools beside its own. */
  readonly solo: boolean;
  /** Makes the n-th (from 1) id that tools ask for: eight hexadecimal digits. */
  newId(n: number): string;
}

/** Options of {@link createEnvironmentConfig}. */
export interface EnvironmentOptions {
  /** Default: false. */
  solo?: boolean | undefined;
  /** Makes the n-th id that tools ask for; by default the same eight hexadecimal digits in every environment, so that a record replays. */
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

/** The policy that the agent of a setup works under. */
export function getPolicy({ data, solo }: EnvironmentConfig): string {
  return solo ? (data.soloPolicy ?? data.policy) : data.policy;
}

/** The tools that a requestor is offered. In solo mode the agent has the user's too. */
export function getTools({ domain, solo }: EnvironmentConfig, requestor: Requestor): readonly Tool[] {
  const own = requestor === "user" ? (solo ? [] : (domain.user?.tools ?? [])) : domain.agent.tools;
  const extra = requestor === "assistant" && solo ? (domain.user?.tools ?? []) : [];
  return [...own, ...extra];
}

/** Which of the two databases. */
export type Side = "agent" | "user";

/** The state before anything happened: the data, synced once. */
export function createBaseState(setup: EnvironmentConfig): EnvironmentState {
  return syncState(setup, deepFreeze({ agent: setup.data.db, user: setup.data.userDb, issued: 0, notes: {} }));
}

/** The state after the domain's sync hook. */
export function syncState(setup: EnvironmentConfig, state: EnvironmentState): EnvironmentState {
  const { domain } = setup;
  if (!domain.sync) return state;
  const next = updateState(state, (draft) => requireSync(domain.sync?.(draft), "a sync hook"));
  if ("thrown" in next) throw next.thrown;
  return next.state;
}

/** What running a rule came to. What it had changed before a throw is in the state. */
type Execution = { state: EnvironmentState; value: unknown; text: string } | { state: EnvironmentState; thrown: unknown };

/** Runs a tool's rule on its side of a state; the arguments are checked already. */
export function runTool(
  setup: EnvironmentConfig,
  state: EnvironmentState,
  side: Side,
  tool: Tool,
  args: Record<string, unknown>,
): Execution {
  const run = (target: { -readonly [K in keyof EnvironmentState]: EnvironmentState[K] }) => {
    const context = { db: target[side] as never, notes: target.notes, newId: () => setup.newId(++target.issued) };
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

/** Types let a promise through where a result may be anything, and what it does later would be lost. @throws TypeError for a promise */
function requireSync<T>(value: T, what: string): T {
  if (!(value instanceof Promise)) return value;
  value.catch(() => {});
  throw new TypeError(`${what} must answer at once, and this one returned a promise`);
}

type Outcome = { state: EnvironmentState; content: string; error: boolean };

/** Runs a model's call and syncs the sides: what an environment answers in a conversation. Never throws for what a model sent. */
export function executeToolCall(
  setup: EnvironmentConfig,
  state: EnvironmentState,
  call: ToolCall,
): { state: EnvironmentState; message: ToolMessage } {
  const outcome = executeToolCallWithoutSync(setup, state, call);
  let { content, error } = outcome;
  let next = outcome.state;
  if (!error) {
    try {
      next = syncState(setup, next);
    } catch (thrown) {
      ({ content, error } = toErrorOutcome(thrown));
    }
  }
  return { state: next, message: { id: call.id, role: "tool", content, requestor: call.requestor, error } };
}

/** Runs a call without the sync of the sides: how solutions are played when the expected state is made (docs/spec/core.md#7-3). */
export function executeToolCallWithoutSync(
  setup: EnvironmentConfig,
  state: EnvironmentState,
  call: Pick<ToolCall, "name" | "arguments" | "requestor">,
): Outcome {
  try {
    const { side, tool } = findTool(setup, call.requestor, call.name);
    const args = parseToolArguments(tool, call.arguments);
    return answerToolCall(setup, state, side, tool, args);
  } catch (thrown) {
    return { state, ...toErrorOutcome(thrown) };
  }
}

/** Runs a tool or function by name, as initial states do, and syncs. @throws Tau2Error whatever the function refuses. */
export function callEnvFunction(
  setup: EnvironmentConfig,
  state: EnvironmentState,
  call: EnvironmentCall,
): { state: EnvironmentState; value: unknown; text: string } {
  const side = call.env_type === "user" ? "user" : "agent";
  const toolkit = setup.domain[side];
  const tool = [...(toolkit?.functions ?? []), ...(toolkit?.tools ?? [])].find(({ name }) => name === call.func_name);
  if (!tool) throw new Tau2Error("not_found", `the ${call.env_type} side of ${setup.domain.name} has no function '${call.func_name}'`);
  const outcome = runTool(setup, state, side, tool, parseToolArguments(tool, call.arguments));
  if ("thrown" in outcome) throw outcome.thrown;
  return { state: syncState(setup, outcome.state), value: outcome.value, text: outcome.text };
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

/** Asks a yes-or-no function. @throws Tau2Error when there is no such function, it fails, or it does not answer yes or no. */
export function checkAssertion(
  setup: EnvironmentConfig,
  state: EnvironmentState,
  assertion: EnvironmentAssertion,
): { state: EnvironmentState; met: boolean } {
  const { state: next, value } = callEnvFunction(setup, state, assertion);
  if (typeof value !== "boolean") throw new Tau2Error("invalid", `assertion '${assertion.func_name}' must answer true or false`);
  return { state: next, met: value === assertion.assert_value };
}

/** The tool that a name means to a requestor. In solo mode the agent has the user's tools too, and theirs come first (docs/spec/core.md#3-2). */
function findTool(setup: EnvironmentConfig, requestor: Requestor, name: string): { side: Side; tool: Tool } {
  const { domain, solo } = setup;
  if (requestor === "user" && solo) throw new Tau2Error("tool", "User tool calls are not allowed in solo mode");
  if (requestor === "user" && !domain.user) throw new Tau2Error("tool", "User tools not available");
  const sides: Side[] = requestor === "user" ? ["user"] : solo ? ["user", "agent"] : ["agent"];
  for (const side of sides) {
    const tool = domain[side]?.tools.find((candidate) => candidate.name === name);
    if (tool) return { side, tool };
  }
  throw new Tau2Error("tool", `Tool '${name}' not found.`);
}

/** The toolkit's tool of that name on either side, agent first: how replays decide what to run again (docs/spec/core.md#3-6). */
export function findToolOnEitherSide(domain: Domain, name: string): Tool | undefined {
  const find = (toolkit: Toolkit<unknown> | null) => toolkit?.tools.find((tool) => tool.name === name);
  return find(domain.agent) ?? find(domain.user);
}

function answerToolCall(setup: EnvironmentConfig, state: EnvironmentState, side: Side, tool: Tool, args: Record<string, unknown>): Outcome {
  const outcome = runTool(setup, state, side, tool, args);
  if (!("thrown" in outcome)) return { state: outcome.state, content: outcome.text, error: false };
  // A refusal keeps what the tool had changed by then; a fault in the tool itself changes nothing.
  return { state: isToolError(outcome.thrown) ? outcome.state : state, ...toErrorOutcome(outcome.thrown, tool.name) };
}

function toErrorOutcome(thrown: unknown, tool?: string): { content: string; error: true } {
  const message = isTau2Error(thrown) || !tool ? getErrorMessage(thrown) : `${tool} failed inside: ${getErrorMessage(thrown)}`;
  return { content: `Error: ${message}`, error: true };
}
