import { getFamily, findTags } from "./tags.ts";

/** Fields of a trajectory message that a ledger reads. */
export interface TrajectoryMessage {
  role: string;
  content?: string | null;
  tool_calls?: unknown;
}

/** Tags of the steps that a client has taken in its session, in their order. */
export class Ledger {
  readonly marker: string;
  /** Marker of the session that the user was created for. Forks keep that of their session. */
  readonly #origin: string;
  #taken: readonly string[];
  /** Tags before the last step, the server's snapshot `previous`; null if the client does not know them. */
  #before: readonly string[] | null = null;
  /** Tags of abandoned steps. The server may have taken each at most once. */
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
  get canRestore(): boolean {
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

  /** Records the restore of a snapshot, by default of the one before the last step. */
  restore(taken: readonly string[] | null = this.#before): void {
    this.#taken = taken ?? [];
    this.#before = null;
  }

  /** Creates the ledger of a fork. The steps of the fork have tags with its own marker. */
  fork(marker: string): Ledger {
    return new Ledger(marker, { origin: this.#origin, taken: this.#taken, unknown: this.#unknown });
  }

  /** Returns the tags of other sessions in a value. */
  findStrangers(value: unknown): string[] {
    return findTags(value).filter((tag) => getFamily(tag) !== getFamily(this.marker));
  }

  /** Finds the faults of the server's conversation: steps lost, taken twice or in another order, messages of another session. */
  findFaults(messages: readonly TrajectoryMessage[]): string[] {
    const strangers = this.findStrangers(messages);
    const steps = messages.filter(({ role }) => role === "assistant").flatMap((message) => findTags(message).slice(0, 1));
    const known = steps.filter((tag) => !this.#unknown.has(tag));
    return [
      ...(strangers.length > 0 ? [`${this.marker} holds ${strangers.join(", ")}`] : []),
      ...(known.join() === this.#taken.join()
        ? []
        : [`${this.marker} took ${this.#taken.join()}, and is said to have taken ${known.join()}`]),
      ...(new Set(steps).size === steps.length ? [] : [`${this.marker} has a step twice: ${steps.join()}`]),
      ...findWrongReplies(messages, this.#origin),
    ];
  }
}

/** Finds replies of the user to another message than the last. The users' model repeats the last tag that it received. */
function findWrongReplies(messages: readonly TrajectoryMessage[], origin: string): string[] {
  let heard = origin;
  return messages.flatMap(({ role, content }) => {
    const [tag] = findTags(content ?? "");
    if (role === "assistant" && tag !== undefined) heard = tag;
    return role !== "user" || tag === undefined || tag === heard ? [] : [`a user heard ${heard} and answered ${tag}`];
  });
}
