import { setTimeout } from "node:timers/promises";
import type { Report } from "../report.ts";
import { Counts } from "../counts.ts";
import { readMetrics } from "../prometheus.ts";
import { checkServer, type ServerProcess } from "../server-process.ts";
import { Accounts } from "./accounts.ts";
import { playRound, createSoakContext } from "./play-round.ts";
import type { UserEndpoint } from "./user-endpoint.ts";

/** Size and target of a soak. */
export interface SoakOptions {
  /** Has the endpoint as its users' model, and collects its garbage at `SIGUSR2`. */
  server: ServerProcess;
  endpoint: UserEndpoint;
  /** Of each round. */
  sessions: number;
  rounds: number;
  seed: string;
  domains: readonly string[];
}

/** Sessions at the same time. */
const atOnce = 64;
/** Longer than the idle time of sessions. */
const longestS = 120;
/** Memory that a server may keep of the sessions of a round: their ids, so that it can say that they are gone. */
const keptBytes = 2e6;

/** Plays the same round several times, each until the last of its sessions has expired, and stops the server. */
export async function runSoak({ server, endpoint, sessions, rounds, seed, domains }: SoakOptions): Promise<Report> {
  const { url } = server;
  const [begun, left, did, statuses] = [new Counts(), new Counts(), new Counts(), new Counts()];
  const [accounts, conversations, answers] = [[] as string[], [] as string[], [] as string[]];
  const heaps: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const context = createSoakContext(url, new Accounts((await readMetrics(url)).sum("tau2_sessions_opened_total")));
    await playRound(context, { round, seed, sessions, atOnce, domains });
    const settled = await context.accounts.settle(context.client);
    const late = await waitForExpiry(url);
    const { wrong } = await context.accounts.settle(context.client);
    accounts.push(...settled.wrong, ...late, ...wrong);
    conversations.push(...context.mixed);
    answers.push(...context.complaints);
    begun.addAll(context.accounts.begun);
    left.addAll(settled.ended);
    did.addAll(context.did);
    statuses.addAll(context.statuses);
    heaps.push(await measureHeap(server));
  }
  return {
    metrics: [
      [
        "what",
        `${rounds} rounds of ${sessions} sessions, ${atOnce} at the same time, seed ${seed}, ${Math.round(performance.now() / 1000)} s`,
      ],
      ["sessions begun", String(begun)],
      ["when clients had left", String(left)],
      ["clients", String(did)],
      ["answers", String(statuses)],
      ["users' model", String(endpoint.did)],
      ["heap after each round", heaps.map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`).join(", ")],
    ],
    claims: [
      { claim: "every session is accounted for", faults: accounts },
      { claim: "no episode holds another's words, no step is lost or taken twice", faults: [...conversations, ...endpoint.mixed] },
      { claim: "every answer is the one that it should be", faults: answers },
      { claim: "memory is back at its level", faults: findGrowth(heaps) },
      ...(await checkServer(server)),
    ],
  };
}

/** Waits until the last session has expired; says when it does not. */
async function waitForExpiry(url: string): Promise<string[]> {
  for (let waitedS = 0; ; waitedS++) {
    const active = (await readMetrics(url)).sum("tau2_sessions_active");
    if (active === 0) return [];
    if (waitedS === longestS) return [`${active} sessions are there ${longestS} seconds after their clients left`];
    await setTimeout(1000);
  }
}

async function measureHeap({ url, signal }: ServerProcess): Promise<number> {
  for (let n = 0; n < 3; n++) {
    signal("SIGUSR2");
    await setTimeout(200);
  }
  return (await readMetrics(url)).sum("process_heap_bytes");
}

/** Warms up permanent memory in the first round: compiled code, data, connections. */
function findGrowth([first = 0, ...later]: readonly number[]): string[] {
  const last = later.at(-1) ?? first;
  const most = first + later.length * keptBytes;
  return last <= most ? [] : [`${last} bytes are in use after the last round, ${first} after the first`];
}
