import type { Random } from "../random.ts";
import type { Counts } from "../counts.ts";
import type { Accounts } from "./accounts.ts";
import type { ClientResponse, ResponseBody, Client } from "./client.ts";
import type { Ledger } from "./ledger.ts";

/** State that the sessions of a soak share. */
export interface SoakContext {
  readonly client: Client;
  readonly accounts: Accounts;
  /** Actions of clients, with their outcomes. */
  readonly did: Counts;
  /** Counts of responses. */
  readonly statuses: Counts;
  /** Wrong responses. */
  readonly complaints: string[];
  /** Data of other sessions in conversations and databases. */
  readonly mixed: string[];
}

/** Thrown when a session has expired, after which its state is not checked. */
class ExpiredError extends Error {}

/** A session and what its client knows about it. */
export class PlayedSession {
  readonly context: SoakContext;
  readonly id: string;
  readonly domain: string;
  readonly random: Random;
  readonly ledger: Ledger;
  /** True when its episode is over. */
  over: boolean;
  #tags = 0;
  #forks = 0;

  constructor(parts: { context: SoakContext; id: string; over: boolean; domain: string; random: Random; ledger: Ledger }) {
    this.context = parts.context;
    this.id = parts.id;
    this.over = parts.over;
    this.domain = parts.domain;
    this.random = parts.random;
    this.ledger = parts.ledger;
  }

  get marker(): string {
    return this.ledger.marker;
  }

  /** Creates the tag of the next step. */
  createTag(): string {
    return `${this.marker}.${this.#tags++}`;
  }

  /** Creates the client's side of a fork. */
  fork({ session_id: id, done: over }: Pick<ResponseBody, "session_id" | "done">): PlayedSession {
    const marker = `${this.marker}f${this.#forks++}`;
    const { context, domain, random, ledger } = this;
    context.accounts.open(id, marker, "forked");
    return new PlayedSession({ context, id, over, domain, random, ledger: ledger.fork(marker) });
  }

  /** Restores a snapshot at which these steps were taken. An abandoned running step may prevent that. */
  async restore(snapshotId: string, taken?: readonly string[]): Promise<void> {
    const { status, body } = await this.ask("POST", "/restore", { snapshot_id: snapshotId }, this.ledger.isCertain ? [200] : [200, 409]);
    if (status !== 200) return;
    this.ledger.restore(taken);
    this.over = body.done;
  }

  complain(text: string): void {
    this.context.complaints.push(`${this.marker}: ${text}`);
  }

  /** Sends a request below the path of the session and checks the status of the response. @throws ExpiredError */
  async ask(method: string, path: string, body: unknown, expected: readonly number[]): Promise<ClientResponse> {
    const answer = await this.context.client.ask(method, `/v1/sessions/${this.id}${path}`, body);
    return this.expect(answer, expected, `${method} …${path}`);
  }

  /** Checks the status of a response. @throws ExpiredError */
  expect(answer: ClientResponse, expected: readonly number[], what: string): ClientResponse {
    if (answer.status === 410 && answer.body.error?.reason?.includes("expired")) throw new ExpiredError();
    if (!expected.includes(answer.status)) {
      this.complain(`${what} was answered ${answer.status}, not ${expected.join(" or ")}: ${JSON.stringify(answer.body).slice(0, 300)}`);
    }
    return answer;
  }

  /** Compares the conversation of the server with the client's ledger. */
  async check(): Promise<void> {
    const { body } = await this.ask("GET", "/trajectory", undefined, [200]);
    for (const fault of this.ledger.findFaults(body.messages ?? [])) this.context.mixed.push(fault);
    this.context.did.add("conversations compared");
  }

  async delete(): Promise<void> {
    await this.ask("DELETE", "", undefined, [200]);
    this.context.accounts.delete(this.id);
    const { status } = await this.context.client.ask("GET", `/v1/sessions/${this.id}`);
    if (status !== 410) this.complain(`is deleted and was answered ${status}`);
  }
}

/** Runs a part of a session. Ends it silently if the session expires. */
export async function ignoreExpiry(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (thrown) {
    if (!(thrown instanceof ExpiredError)) throw thrown;
  }
}
