import { setTimeout } from "node:timers/promises";
import { Counts } from "../counts.ts";
import { readMetrics } from "../prometheus.ts";
import type { Client } from "./client.ts";

/** Origins of sessions. */
export type Beginning = "created" | "forked" | "imported" | "by a socket";

interface Account {
  marker: string;
  beginning: Beginning;
  deleted: boolean;
}

/** Ends of the sessions. */
export interface Settlement {
  /** Disagreements between the server and its clients. */
  wrong: string[];
  ended: Counts;
}

/** Number of checks whether the server has noticed that clients have left. */
const MAX_CHECKS = 100;

/** All sessions that clients know, to compare them with those of the server. */
export class Accounts {
  readonly #known = new Map<string, Account>();
  /** Markers of sessions whose client left before it knew their id. */
  readonly #orphans = new Set<string>();
  readonly begun = new Counts();
  readonly #before: number;

  /** @param before sessions that the server had opened before */
  constructor(before = 0) {
    this.#before = before;
  }

  open(id: string, marker: string, beginning: Beginning): void {
    this.#known.set(id, { marker, beginning, deleted: false });
    this.begun.add(beginning);
  }

  delete(id: string): void {
    this.#known.get(id)!.deleted = true;
  }

  abandon(marker: string): void {
    this.#orphans.add(marker);
  }

  /** Compares all sessions with those of the server. Waits until the server has noticed clients that disconnected. */
  async settle(client: Client): Promise<Settlement> {
    for (let n = 0; ; n++) {
      const settlement = await this.#compare(client);
      if (settlement.wrong.length === 0 || n === MAX_CHECKS) return settlement;
      await setTimeout(100);
    }
  }

  async #compare(client: Client): Promise<Settlement> {
    const { sessions, active_sessions: active } = (await client.ask("GET", "/v1/sessions")).body;
    const listed = new Map(sessions.map((session) => [session.session_id, session]));
    const metrics = await readMetrics(client.url);
    const opened = metrics.sum("tau2_sessions_opened_total");
    const [deleted, expired] = ["deleted", "expired"].map((reason) => metrics.sum("tau2_sessions_closed_total", { reason }));
    const wrong: string[] = [];
    if (active !== listed.size || opened !== deleted! + expired! + active) {
      wrong.push(
        `${opened} opened sessions, ${deleted} deleted, ${expired} expired, ${active} active, ${listed.size} listed: that does not add up`,
      );
    }
    const ended = new Counts();
    for (const [id, account] of this.#known) {
      const fate = listed.has(id) ? "listed" : await getFate(client, id);
      if (!isExpectedFate(account, fate)) wrong.push(`session ${id} of ${account.marker}, ${account.beginning}, is ${fate}`);
      ended.add(fate !== "listed" ? fate : listed.get(id)!.done ? "finished, still listed" : "unfinished, still listed");
    }
    const strangers = sessions.filter(({ session_id }) => !this.#known.has(session_id));
    for (const { session_id, metadata } of strangers) {
      if (!this.#orphans.has(metadata.marker ?? "")) wrong.push(`session ${session_id} of ${metadata.marker} was never requested`);
    }
    const unknown = opened - this.#before - this.#known.size;
    if (unknown < strangers.length || unknown > this.#orphans.size) {
      wrong.push(
        `${opened - this.#before} sessions were opened, clients know ${this.#known.size}, and ${this.#orphans.size} left before they knew`,
      );
    }
    if (unknown > 0) ended.add("begun for a client who had left", unknown);
    return { wrong, ended };
  }
}

/** Returns whether the fate of a session is right. Sessions of WebSockets end with them; others if their client deletes them or they expire. */
function isExpectedFate({ beginning, deleted }: Account, fate: string): boolean {
  return beginning === "by a socket" || deleted ? fate === "deleted" : fate === "listed" || fate === "expired";
}

async function getFate(client: Client, id: string): Promise<string> {
  const { status, body } = await client.ask("GET", `/v1/sessions/${id}`);
  if (status !== 410) return `lost (${status})`;
  return body.error?.reason?.includes("deleted") ? "deleted" : "expired";
}
