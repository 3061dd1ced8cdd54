import { checkArguments } from "./arguments.ts";
import type { Domain, DomainData, Toolkit } from "./domain.ts";
import { isTau2Error, isToolError, messageOf, Tau2Error } from "./errors.ts";
import type { Json } from "./json.ts";
import type { Requestor, ToolCall, ToolMessage } from "./message.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { nextState } from "./state.ts";
import type { EnvironmentAssertion, EnvironmentCall } from "./task.ts";
import type { Tool } from "./tool.ts";
import { resultText } from "./wire.ts";

/** The two databases at one moment, as a value. Keep it, go back to it, branch from it: it never changes. */
export interface EnvironmentState<A = unknown, U = unknown> {
  readonly agent: A;
  readonly user: U;
  /** Ids given out so far by `newId`. */
  readonly issued: number;
  /** What tools remember beside the databases; neither hashed nor compared. */
  readonly notes: Readonly<Record<string, Json>>;
}

/** What an environment is made of, apart from its state. */
export interface EnvironmentSetup<A = unknown, U = unknown> {
  readonly domain: Domain<A, U>;
  readonly data: DomainData<A, U>;
  /** The agent works alone, with the user's tools beside its own. */
  readonly solo: boolean;
  /** Makes the n-th (from 1) id that tools ask for: eight hexadecimal digits. */
  newId(n: number): string;
}

type Side = "agent" | "user";
type Outcome = { state: EnvironmentState; content: string; error: boolean };

/** The state before anything happened: the data, synced once. */
export function initialState(setup: EnvironmentSetup): EnvironmentState {
  return synced(setup, deepFreeze({ agent: setup.data.db, user: setup.data.userDb, issued: 0, notes: {} }));
}

/** Runs a model's call and syncs the sides: what an environment answers in a conversation. Never throws for what a model sent. */
export function respond(
  setup: EnvironmentSetup,
  state: EnvironmentState,
  call: ToolCall,
): { state: EnvironmentState; message: ToolMessage } {
  const outcome = runCall(setup, state, call);
  let { content, error } = outcome;
  let next = outcome.state;
  if (!error) {
    try {
      next = synced(setup, next);
    } catch (thrown) {
      ({ content, error } = failure(thrown));
    }
  }
  return { state: next, message: { id: call.id, role: "tool", content, requestor: call.requestor, error } };
}

/** Runs a call without the sync of the sides: how solutions are played when the expected state is made (spec core 7.3). */
export function runCall(
  setup: EnvironmentSetup,
  state: EnvironmentState,
  call: Pick<ToolCall, "name" | "arguments" | "requestor">,
): Outcome {
  try {
    const { side, tool } = findTool(setup, call.requestor, call.name);
    const args = checkArguments(tool, call.arguments);
    return runTool(setup, state, side, tool, args);
  } catch (thrown) {
    return { state, ...failure(thrown) };
  }
}

/** Runs a tool or function by name, as initial states do, and syncs. @throws Tau2Error whatever the function refuses. */
export function runFunction(
  setup: EnvironmentSetup,
  state: EnvironmentState,
  call: EnvironmentCall,
): { state: EnvironmentState; value: unknown; text: string } {
  const side = call.env_type === "user" ? "user" : "agent";
  const toolkit = setup.domain[side];
  const tool = [...(toolkit?.functions ?? []), ...(toolkit?.tools ?? [])].find(({ name }) => name === call.func_name);
  if (!tool) throw new Tau2Error("not_found", `the ${call.env_type} side of ${setup.domain.name} has no function '${call.func_name}'`);
  const outcome = execute(setup, state, side, tool, checkArguments(tool, call.arguments));
  if ("thrown" in outcome) throw outcome.thrown;
  return { state: synced(setup, outcome.state), value: outcome.value, text: outcome.text };
}

/** Asks a yes-or-no function. @throws Tau2Error when there is no such function, it fails, or it does not answer yes or no. */
export function checkAssertion(
  setup: EnvironmentSetup,
  state: EnvironmentState,
  assertion: EnvironmentAssertion,
): { state: EnvironmentState; met: boolean } {
  const { state: next, value } = runFunction(setup, state, assertion);
  if (typeof value !== "boolean") throw new Tau2Error("invalid", `assertion '${assertion.func_name}' must answer true or false`);
  return { state: next, met: value === assertion.assert_value };
}

/** The tool that a name means to a requestor. In solo mode the agent has the user's tools too, and theirs come first (spec core 3.2). */
function findTool(setup: EnvironmentSetup, requestor: Requestor, name: string): { side: Side; tool: Tool } {
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

/** The toolkit's tool of that name on either side, agent first: how replays decide what to run again (spec core 3.6). */
export function toolOnEitherSide(domain: Domain, name: string): Tool | undefined {
  const find = (toolkit: Toolkit<unknown> | null) => toolkit?.tools.find((tool) => tool.name === name);
  return find(domain.agent) ?? find(domain.user);
}

function runTool(setup: EnvironmentSetup, state: EnvironmentState, side: Side, tool: Tool, args: Record<string, unknown>): Outcome {
  const outcome = execute(setup, state, side, tool, args);
  if (!("thrown" in outcome)) return { state: outcome.state, content: outcome.text, error: false };
  // A refusal keeps what the tool had changed by then; a fault in the tool itself changes nothing.
  return { state: isToolError(outcome.thrown) ? outcome.state : state, ...failure(outcome.thrown, tool.name) };
}

type Execution = { state: EnvironmentState; value: unknown; text: string } | { state: EnvironmentState; thrown: unknown };

function execute(setup: EnvironmentSetup, state: EnvironmentState, side: Side, tool: Tool, args: Record<string, unknown>): Execution {
  const run = (target: { -readonly [K in keyof EnvironmentState]: EnvironmentState[K] }) => {
    const context = { db: target[side] as never, notes: target.notes, newId: () => setup.newId(++target.issued) };
    const value = atOnce(tool.run(context, args as never), "a rule");
    return { value, text: resultText(tool.result, value) };
  };
  if (tool.kind !== "write") {
    try {
      return { state, ...run({ ...state }) };
    } catch (thrown) {
      return { state, thrown };
    }
  }
  const next = nextState(state, run);
  return "thrown" in next ? next : { state: next.state, ...next.value };
}

/** Types let a promise through where a result may be anything, and what it does later would be lost. @throws TypeError for a promise */
function atOnce<T>(value: T, what: string): T {
  if (!(value instanceof Promise)) return value;
  value.catch(() => {});
  throw new TypeError(`${what} must answer at once, and this one returned a promise`);
}

/** The state after the domain's sync hook. */
export function synced(setup: EnvironmentSetup, state: EnvironmentState): EnvironmentState {
  const { domain } = setup;
  if (!domain.sync) return state;
  const next = nextState(state, (draft) => atOnce(domain.sync?.(draft), "a sync hook"));
  if ("thrown" in next) throw next.thrown;
  return next.state;
}

function failure(thrown: unknown, tool?: string): { content: string; error: true } {
  const message = isTau2Error(thrown) || !tool ? messageOf(thrown) : `${tool} failed inside: ${messageOf(thrown)}`;
  return { content: `Error: ${message}`, error: true };
}
