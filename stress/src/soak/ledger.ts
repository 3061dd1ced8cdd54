import { familyOf, tagsIn } from "./tags.ts";

/** A message of a trajectory, as far as a ledger looks at it. */
export interface Said {
  role: string;
  content?: string | null;
  tool_calls?: unknown;
}

/** A client's knowledge of its session's conversation: the tags of the taken steps, in their order. */
export class Ledger {
  readonly marker: string;
  /** The marker that its user knows itself by; forks have that of their session. */
  readonly #origin: string;
  #taken: readonly string[];
  /** Before the last step, where the server keeps a place of its own; null where the client cannot say. */
  #before: readonly string[] | null = null;
  /** Steps that the client did not wait for: they may have been taken, at most once. */
  readonly #unknown: Set<string>;

  constructor(
    marker: string,
    { origin = marker, taken = [], unknown = [] }: { origin?: string; taken?: readonly string[]; unknown?: Iterable<string> } = {},
  ) {
    this.marker = marker;
    this.#origin = origin;
    this.#taken = taken;
    this.#unknown = new Set(unknown);
  }

  get taken(): readonly string[] {
    return this.#taken;
  }

  /** Returns true if the client waited for all of its steps, and so knows the state. */
  get isCertain(): boolean {
    return this.#unknown.size === 0;
  }

  /** Returns true if the client knows the state before the last step. */
  get canGoBack(): boolean {
    return this.isCertain && this.#before !== null;
  }

  take(tag: string): void {
    this.#before = this.#taken;
    this.#taken = [...this.#taken, tag];
  }

  /** Adds an abandoned step. */
  lose(tag: string): void {
    this.#unknown.add(tag);
  }

  /** The session went back to an earlier place, by default the one before the last step. */
  goBack(taken: readonly string[] | null = this.#before): void {
    this.#taken = taken ?? [];
    this.#before = null;
  }

  /** The ledger of a fork, whose own steps have tags of its own marker. */
  fork(marker: string): Ledger {
    return new Ledger(marker, { origin: this.#origin, taken: this.#taken, unknown: this.#unknown });
  }

  /** Tags of other sessions in something that should hold none. */
  strangersIn(value: unknown): string[] {
    return tagsIn(value).filter((tag) => familyOf(tag) !== familyOf(this.marker));
  }

  /** Finds the faults of the server's conversation: steps lost, taken twice or in another order, messages of another session. */
  faultsOf(messages: readonly Said[]): string[] {
    const strangers = this.strangersIn(messages);
    const steps = messages.filter(({ role }) => role === "assistant").flatMap((message) => tagsIn(message).slice(0, 1));
    const known = steps.filter((tag) => !this.#unknown.has(tag));
    return [
      ...(strangers.length > 0 ? [`${this.marker} holds ${strangers.join(", ")}`] : []),
      ...(known.join() === this.#taken.join()
        ? []
        : [`${this.marker} took ${this.#taken.join()}, and is said to have taken ${known.join()}`]),
      ...(new Set(steps).size === steps.length ? [] : [`${this.marker} has a step twice: ${steps.join()}`]),
      ...wrongReplies(messages, this.#origin),
    ];
  }
}

/** The users' model answers with the last tag that it has heard: another one is the answer to another question. */
function wrongReplies(messages: readonly Said[], origin: string): string[] {
  let heard = origin;
  return messages.flatMap(({ role, content }) => {
    const [tag] = tagsIn(content ?? "");
    if (role === "assistant" && tag !== undefined) heard = tag;
    return role !== "user" || tag === undefined || tag === heard ? [] : [`a user heard ${heard} and answered ${tag}`];
  });
}
