import {
  checkAssertion,
  executeToolCall,
  callEnvFunction,
  createBaseState,
  readWithTool,
  getPolicy,
  getTools,
  type EnvironmentConfig,
  type EnvironmentState,
} from "./execute-tool-call.ts";
import type { AgentDb, Domain, ToolInput, ToolName, ToolOutput, UserDb } from "../domain/domain.ts";
import { hashDatabase } from "../schema/hash-database.ts";
import { createInitialState, type InitialStateOptions } from "./create-initial-state.ts";
import type { JsonObject } from "../json/json.ts";
import type { Requestor, ToolCall, ToolMessage } from "../task/message.ts";
import { diffStates, type DiffEntry } from "../state/diff-states.ts";
import type { EnvironmentAssertion, EnvironmentCall, InitialState } from "../task/task.ts";
import { toToolDeclaration, type ToolDeclaration } from "../tool/tool.ts";

/** State of an environment of a domain. */
type DomainState<D extends Domain> = EnvironmentState<AgentDb<D>, UserDb<D>>;

/** Arguments of `call` and `read` after the tool's name: optional for a tool without required parameters. */
type CallArguments<D extends Domain, N extends string, R extends Requestor> =
  string extends ToolName<D, R>
    ? [args?: JsonObject, requestor?: Requestor]
    : R extends "user"
      ? [args: ToolInput<D, N, R>, requestor: "user"]
      : Record<string, never> extends ToolInput<D, N, R>
        ? [args?: ToolInput<D, N, R>, requestor?: "assistant"]
        : [args: ToolInput<D, N, R>, requestor?: "assistant"];

/**
 * A domain with a current state. Calls change the state; everything it does is also available as functions over state values.
 *
 * `Environment<typeof airline>` checks names and arguments of tools at compile time; the plain `Environment` takes any.
 *
 * @example
 * ```ts
 * import { airline } from "@tau2/domains/airline";
 * import { loadEnvironment } from "@tau2/domains/data";
 *
 * const env = loadEnvironment(airline);
 * const flight = env.read("get_flight_status", { flight_number: "HAT001", date: "2024-05-16" });
 * const answer = env.call("cancel_reservation", { reservation_id: "QX7T2M" });
 * console.log(flight, answer.content, answer.error);
 * ```
 */
export class Environment<D extends Domain = Domain> {
  readonly config: EnvironmentConfig<D>;
  #state: DomainState<D>;
  #calls = 0;

  constructor(config: EnvironmentConfig<D>, state?: DomainState<D>) {
    this.config = config;
    this.#state = state ?? createBaseState(config);
  }

  /** The agent's database now. The value is frozen: a call replaces it. */
  get db(): AgentDb<D> {
    return this.#state.agent;
  }

  /** The user's database now; null if the domain does not have one. */
  get userDb(): UserDb<D> {
    return this.#state.user;
  }

  /** The agent's policy, that for solo mode in solo mode. */
  get policy(): string {
    return getPolicy(this.config);
  }

  /**
   * Calls a tool, the agent's unless `requestor` is `"user"`. Does not throw for a refused or malformed call: the answer then has `error` set.
   */
  call<N extends ToolName<D>>(name: N, ...rest: CallArguments<D, N, "assistant">): ToolMessage;
  call<N extends ToolName<D, "user">>(name: N, ...rest: CallArguments<D, N, "user">): ToolMessage;
  call(name: string, args: unknown = {}, requestor: Requestor = "assistant"): ToolMessage {
    return this.execute({ id: `call_${++this.#calls}`, name, arguments: args as JsonObject, requestor });
  }

  /**
   * Calls a read tool and returns its value instead of its text. The state does not change.
   * @throws Tau2Error `tool` when the tool refuses, `arguments` for wrong arguments, `unsupported` for a tool that does not only read.
   */
  read<N extends ToolName<D, "assistant", "read">>(name: N, ...rest: CallArguments<D, N, "assistant">): ToolOutput<D, N>;
  read<N extends ToolName<D, "user", "read">>(name: N, ...rest: CallArguments<D, N, "user">): ToolOutput<D, N, "user">;
  read(name: string, args: unknown = {}, requestor: Requestor = "assistant"): unknown {
    return readWithTool(this.config, this.#state, { name, arguments: args as JsonObject, requestor });
  }

  /** Executes a tool call that a model sent: any name, any arguments. Does not throw for anything that a model wrote. */
  execute(call: ToolCall): ToolMessage {
    const { state, message } = executeToolCall(this.config, this.#state, call);
    this.#state = state;
    return message;
  }

  /** Runs a function of initial states and assertions, or a tool. @throws Tau2Error `not_found` for an unknown name, or the function's refusal. */
  callFunction(call: EnvironmentCall): unknown {
    const { state, value } = callEnvFunction(this.config, this.#state, call);
    this.#state = state;
    return value;
  }

  /** Returns whether an assertion holds now. */
  check(assertion: EnvironmentAssertion): boolean {
    return checkAssertion(this.config, this.#state, assertion).met;
  }

  /**
   * Resets the state to the data, or to a task's `initial_state`.
   * @throws Tau2Error `replay_mismatch` or `protocol` for the message history, or the refusal of a function.
   */
  reset(initial: Partial<InitialState> | null = null, options?: InitialStateOptions): void {
    this.#state = createInitialState(this.config, initial ?? {}, options);
  }

  /** Returns the current state. It is frozen, so this does not copy. */
  snapshot(): DomainState<D> {
    return this.#state;
  }

  /** Replaces the current state by one from {@link snapshot}. */
  restore(state: DomainState<D>): void {
    this.#state = state;
  }

  /** Returns another environment with the same state. From here on the two are independent. */
  fork(): Environment<D> {
    return new Environment(this.config, this.#state);
  }

  /** Returns the changes of both databases since a state. Default: since the data was loaded. */
  diff(since: { agent: unknown; user: unknown } = { agent: this.config.data.db, user: this.config.data.userDb }): {
    agent: DiffEntry[];
    user: DiffEntry[];
  } {
    return { agent: diffStates(since.agent, this.#state.agent), user: diffStates(since.user, this.#state.user) };
  }

  /** Returns the database hashes of tau2-bench; `user` is null without a user database. */
  hash(): { agent: string; user: string | null } {
    const { agent, user } = this.config.domain;
    return { agent: hashDatabase(agent.database, this.#state.agent), user: user ? hashDatabase(user.database, this.#state.user) : null };
  }

  /** Returns the tools' declarations for a model, in the format of OpenAI chat completions. */
  tools<R extends Requestor = "assistant">(requestor?: R): ToolDeclaration<ToolName<D, R>>[] {
    return getTools(this.config, requestor ?? "assistant").map(toToolDeclaration) as ToolDeclaration<ToolName<D, R>>[];
  }
}
