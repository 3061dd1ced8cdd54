import type { Draws } from "../draws.ts";
import type { Counts } from "../counts.ts";
import type { Accounts } from "./accounts.ts";
import type { Answer, Body, Client } from "./client.ts";
import type { Ledger } from "./ledger.ts";

/** State that all sessions of a soak share. */
export interface Stage {
  readonly client: Client;
  readonly accounts: Accounts;
  /** Actions of clients, with their outcomes. */
  readonly did: Counts;
  /** Counts of responses. */
  readonly statuses: Counts;
  /** Answers that should have been others. */
  readonly complaints: string[];
  /** Faults in conversations and databases. */
  readonly mixed: string[];
}

/** A session that has expired under its client: nothing more can be said of it. */
class Expired extends Error {}

/** A session as its client knows it. */
export class Life {
  readonly stage: Stage;
  readonly id: string;
  readonly domain: string;
  readonly draws: Draws;
  readonly ledger: Ledger;
  /** True when its episode is over. */
  over: boolean;
  #tags = 0;
  #forks = 0;

  constructor(parts: { stage: Stage; id: string; over: boolean; domain: string; draws: Draws; ledger: Ledger }) {
    this.stage = parts.stage;
    this.id = parts.id;
    this.over = parts.over;
    this.domain = parts.domain;
    this.draws = parts.draws;
    this.ledger = parts.ledger;
  }

  get marker(): string {
    return this.ledger.marker;
  }

  /** A tag for the next step. */
  tag(): string {
    return `${this.marker}.${this.#tags++}`;
  }

  /** A fork of it, as the server tells of it. */
  fork({ session_id: id, done: over }: Pick<Body, "session_id" | "done">): Life {
    const marker = `${this.marker}f${this.#forks++}`;
    const { stage, domain, draws, ledger } = this;
    stage.accounts.open(id, marker, "forked");
    return new Life({ stage, id, over, domain, draws, ledger: ledger.fork(marker) });
  }

  /** Restores a snapshot at which these steps were taken. An abandoned running step may prevent that. */
  async restore(snapshotId: string, taken?: readonly string[]): Promise<void> {
    const { status, body } = await this.ask("POST", "/restore", { snapshot_id: snapshotId }, this.ledger.isCertain ? [200] : [200, 409]);
    if (status !== 200) return;
    this.ledger.goBack(taken);
    this.over = body.done;
  }

  complain(text: string): void {
    this.stage.complaints.push(`${this.marker}: ${text}`);
  }

  /** Asks for something under the session's own path, whose answer must have one of these statuses. @throws Expired */
  async ask(method: string, path: string, body: unknown, expected: readonly number[]): Promise<Answer> {
    const answer = await this.stage.client.ask(method, `/v1/sessions/${this.id}${path}`, body);
    return this.expect(answer, expected, `${method} …${path}`);
  }

  /** Looks at the status of an answer. @throws Expired */
  expect(answer: Answer, expected: readonly number[], what: string): Answer {
    if (answer.status === 410 && answer.body.error?.reason?.includes("expired")) throw new Expired();
    if (!expected.includes(answer.status)) {
      this.complain(`${what} was answered ${answer.status}, not ${expected.join(" or ")}: ${JSON.stringify(answer.body).slice(0, 300)}`);
    }
    return answer;
  }

  /** Compares the conversation with what its client knows of it. */
  async check(): Promise<void> {
    const { body } = await this.ask("GET", "/trajectory", undefined, [200]);
    for (const fault of this.ledger.faultsOf(body.messages ?? [])) this.stage.mixed.push(fault);
    this.stage.did.add("conversations compared");
  }

  async delete(): Promise<void> {
    await this.ask("DELETE", "", undefined, [200]);
    this.stage.accounts.delete(this.id);
    const { status } = await this.stage.client.ask("GET", `/v1/sessions/${this.id}`);
    if (status !== 410) this.complain(`is deleted and was answered ${status}`);
  }
}

/** Lives a part of a session, unless it expires. */
export async function unlessExpired(live: () => Promise<void>): Promise<void> {
  try {
    await live();
  } catch (thrown) {
    if (!(thrown instanceof Expired)) throw thrown;
  }
}
