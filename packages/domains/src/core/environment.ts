import { checkAssertion, respond, runFunction } from "./calls.ts";
import { initialState } from "./execute.ts";
import { databaseHash } from "./hash.ts";
import { initialize, type InitializeOptions } from "./initialize.ts";
import type { JsonObject } from "./json.ts";
import type { Requestor, ToolCall, ToolMessage } from "./message.ts";
import { policyOf, toolsOf, type EnvironmentSetup, type EnvironmentState } from "./setup.ts";
import { diffValues, type DiffEntry } from "./state.ts";
import type { EnvironmentAssertion, EnvironmentCall, InitialState } from "./task.ts";
import { toolDeclaration, type ToolDeclaration } from "./tool-schema.ts";

/**
 * A domain at work: holds the current state and answers calls. Everything it does is also there as functions over state values;
 * this class is for those who want to hold just one thing.
 */
export class Environment<A = unknown, U = unknown> {
  readonly setup: EnvironmentSetup<A, U>;
  #state: EnvironmentState<A, U>;
  #calls = 0;

  constructor(setup: EnvironmentSetup<A, U>, state?: EnvironmentState<A, U>) {
    this.setup = setup;
    this.#state = state ?? (initialState(setup) as EnvironmentState<A, U>);
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
    return policyOf(this.setup);
  }

  /** Calls a tool. A refused or malformed call comes back with `error` set; it does not throw. */
  call(name: string, args: JsonObject = {}, requestor: Requestor = "assistant"): ToolMessage {
    return this.respond({ id: `call_${++this.#calls}`, name, arguments: args, requestor });
  }

  /** Answers a model's tool call. */
  respond(call: ToolCall): ToolMessage {
    const { state, message } = respond(this.setup, this.#state, call);
    this.#state = state as EnvironmentState<A, U>;
    return message;
  }

  /** Runs a function of initial states and assertions. @throws Tau2Error what the function refuses. */
  runFunction(call: EnvironmentCall): unknown {
    const { state, value } = runFunction(this.setup, this.#state, call);
    this.#state = state as EnvironmentState<A, U>;
    return value;
  }

  /** Whether an assertion holds now. */
  check(assertion: EnvironmentAssertion): boolean {
    return checkAssertion(this.setup, this.#state, assertion).met;
  }

  /** Starts over: from the data, or from a task's `initial_state`, which may be null. @throws Tau2Error what the state's functions refuse */
  reset(initial: Partial<InitialState> | null = null, options?: InitializeOptions): void {
    this.#state = initialize(this.setup, initial ?? {}, options) as EnvironmentState<A, U>;
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
    return new Environment(this.setup, this.#state);
  }

  /** What changed on each side since a state, by default since the untouched data. */
  diff(since: { agent: unknown; user: unknown } = { agent: this.setup.data.db, user: this.setup.data.userDb }): {
    agent: DiffEntry[];
    user: DiffEntry[];
  } {
    return { agent: diffValues(since.agent, this.#state.agent), user: diffValues(since.user, this.#state.user) };
  }

  /** The reference's database hashes; null for a side without a database. */
  hash(): { agent: string; user: string | null } {
    const { agent, user } = this.setup.domain;
    return { agent: databaseHash(agent.database, this.#state.agent), user: user ? databaseHash(user.database, this.#state.user) : null };
  }

  /** Declarations for a model, in the shape of OpenAI-compatible chat completions. */
  tools(requestor: Requestor = "assistant"): ToolDeclaration[] {
    return toolsOf(this.setup as EnvironmentSetup, requestor).map(toolDeclaration);
  }
}
