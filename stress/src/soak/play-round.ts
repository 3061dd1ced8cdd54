import { Counts } from "../counts.ts";
import { drawsOf } from "../draws.ts";
import type { Accounts } from "./accounts.ts";
import { clientOf } from "./client.ts";
import type { Stage } from "./life.ts";
import { liveOverRest } from "./rest-life.ts";
import { liveOverSocket } from "./socket-life.ts";
import { markerOf } from "./tags.ts";

/** Settings of a round. */
export interface RoundOptions {
  /** Tells the rounds of one server apart; what clients do in them follows from the seed, and from what they are answered. */
  round: number;
  seed: string;
  sessions: number;
  /** Sessions at the same time. */
  atOnce: number;
  domains: readonly string[];
}

/** A server with nothing done on it yet. */
export function stageOf(url: string, accounts: Accounts): Stage {
  const statuses = new Counts();
  return { client: clientOf(url, statuses), accounts, statuses, did: new Counts(), complaints: [], mixed: [] };
}

/** Runs many concurrent clients, three of four over REST, the others over WebSockets. */
export async function playRound(stage: Stage, { round, seed, sessions, atOnce, domains }: RoundOptions): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < sessions; n = next++) {
      const live = n % 4 === 3 ? liveOverSocket : liveOverRest;
      const domain = domains[Math.floor(n / 4) % domains.length]!;
      await live(stage, domain, markerOf(round, n), drawsOf(`${seed} ${n}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
