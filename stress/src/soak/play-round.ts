import { Counts } from "../counts.ts";
import { createRandom } from "../random.ts";
import type { Accounts } from "./accounts.ts";
import { createClient } from "./client.ts";
import type { SoakContext } from "./played-session.ts";
import { playOverRest } from "./play-over-rest.ts";
import { playOverSocket } from "./play-over-socket.ts";
import { createMarker } from "./tags.ts";

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
export function createSoakContext(url: string, accounts: Accounts): SoakContext {
  const statuses = new Counts();
  return { client: createClient(url, statuses), accounts, statuses, did: new Counts(), complaints: [], mixed: [] };
}

/** Runs many concurrent clients, three of four over REST, the others over WebSockets. */
export async function playRound(context: SoakContext, { round, seed, sessions, atOnce, domains }: RoundOptions): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < sessions; n = next++) {
      const live = n % 4 === 3 ? playOverSocket : playOverRest;
      const domain = domains[Math.floor(n / 4) % domains.length]!;
      await live(context, domain, createMarker(round, n), createRandom(`${seed} ${n}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
