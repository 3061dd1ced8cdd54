import { checkAssertion, executeToolCall, callEnvFunction, createBaseState } from "./calls.ts";
import { hashDatabase } from "./wire.ts";
import { createInitialState, type InitialStateOptions } from "./initialize.ts";
import type { JsonObject } from "./json.ts";
import type { Requestor, ToolCall, ToolMessage } from "./message.ts";
import { getPolicy, getTools, type EnvironmentConfig, type EnvironmentState } from "./setup.ts";
import { diffStates, type DiffEntry } from "./state.ts";
import type { EnvironmentAssertion, EnvironmentCall, InitialState } from "./task.ts";
import { toToolDeclaration, type ToolDeclaration } from "./tool.ts";

/**
 * A domain at work: holds the current state and answers calls. Everything it does is also there as functions over state values;
 * this class is for those who want to hold just one thing.
 */
export class Environment<A = unknown, U = unknown> {
  readonly config: EnvironmentConfig<A, U>;
  #state: EnvironmentState<A, U>;
  #calls = 0;

  constructor(setup: EnvironmentConfig<A, U>, state?: EnvironmentState<A, U>) {
    this.config = setup;
    this.#state = state ?? (createBaseState(setup) as EnvironmentState<A, U>);
  }

  /** The agent's database. Read it freely; it is a value that never changes. */
  get db(): A {
    return this.#state.agent;
  }

  /** The user's database, null where the user has none. */
  get userDb(): U {
    return this.#state.user;
  }

  get policy(): string {
    return getPolicy(this.config);
  }

  /** Calls a tool. A refused or malformed call comes back with `error` set; it does not throw. */
  call(name: string, args: JsonObject = {}, requestor: Requestor = "assistant"): ToolMessage {
    return this.execute({ id: `call_${++this.#calls}`, name, arguments: args, requestor });
  }

  /** Answers a model's tool call. */
  execute(call: ToolCall): ToolMessage {
    const { state, message } = executeToolCall(this.config, this.#state, call);
    this.#state = state as EnvironmentState<A, U>;
    return message;
  }

  /** Runs a function of initial states and assertions. @throws Tau2Error what the function refuses. */
  callFunction(call: EnvironmentCall): unknown {
    const { state, value } = callEnvFunction(this.config, this.#state, call);
    this.#state = state as EnvironmentState<A, U>;
    return value;
  }

  /** Whether an assertion holds now. */
  check(assertion: EnvironmentAssertion): boolean {
    return checkAssertion(this.config, this.#state, assertion).met;
  }

  /** Starts over: from the data, or from a task's `initial_state`, which may be null. @throws Tau2Error what the state's functions refuse */
  reset(initial: Partial<InitialState> | null = null, options?: InitialStateOptions): void {
    this.#state = createInitialState(this.config, initial ?? {}, options) as EnvironmentState<A, U>;
  }

  /** The state now. It costs nothing and never changes. */
  snapshot(): EnvironmentState<A, U> {
    return this.#state;
  }

  /** Goes back, or over, to a state that was taken with {@link snapshot}. */
  restore(state: EnvironmentState<A, U>): void {
    this.#state = state;
  }

  /** Another environment in the same state. Neither sees what the other does from here on. */
  fork(): Environment<A, U> {
    return new Environment(this.config, this.#state);
  }

  /** What changed on each side since a state, by default since the untouched data. */
  diff(since: { agent: unknown; user: unknown } = { agent: this.config.data.db, user: this.config.data.userDb }): {
    agent: DiffEntry[];
    user: DiffEntry[];
  } {
    return { agent: diffStates(since.agent, this.#state.agent), user: diffStates(since.user, this.#state.user) };
  }

  /** The reference's database hashes; null for a side without a database. */
  hash(): { agent: string; user: string | null } {
    const { agent, user } = this.config.domain;
    return { agent: hashDatabase(agent.database, this.#state.agent), user: user ? hashDatabase(user.database, this.#state.user) : null };
  }

  /** Declarations for a model, in the shape of OpenAI-compatible chat completions. */
  tools(requestor: Requestor = "assistant"): ToolDeclaration[] {
    return getTools(this.config as EnvironmentConfig, requestor).map(toToolDeclaration);
  }
}
