import { setTimeout } from "node:timers/promises";
import type { Draws } from "../draws.ts";
import type { Body } from "./client.ts";
import { beHostile } from "./hostile.ts";
import { Ledger } from "./ledger.ts";
import { Life, unlessExpired, type Stage } from "./life.ts";
import { moves, vanish } from "./moves.ts";
import { sessionRequest } from "./session-request.ts";
import { take, words } from "./steps.ts";

/** Number of requests for a session whose user fails before the first turn. */
const attempts = 8;

/** A session over REST, from its beginning to wherever its client leaves it. */
export async function liveOverRest(stage: Stage, domain: string, marker: string, draws: Draws): Promise<void> {
  const session = await begin(stage, domain, marker, draws);
  if (!session) return;
  const { session_id: id, done: over } = session;
  stage.accounts.open(id, marker, "created");
  const life = new Life({ stage, id, over, domain, draws, ledger: new Ledger(marker) });
  await unlessExpired(async () => {
    for (let left = 4 + draws.below(8); left > 0; left--) {
      if (draws.chance(0.3)) await beHostile(life);
      if (life.over && !(await startAgain(life))) break;
      await draws.of(moves)(life);
    }
    await life.check();
    await end(life);
  });
}

/** Requests a session, sometimes twice concurrently, or without waiting for it. Null without a session. */
async function begin({ client, accounts, did, complaints }: Stage, domain: string, marker: string, draws: Draws): Promise<Body | null> {
  const request = { ...sessionRequest(domain, marker), request_id: marker };
  const ask = (signal?: AbortSignal) => client.ask("POST", "/v1/sessions", request, signal ? { signal } : {});
  if (draws.chance(0.05)) {
    const gone = new AbortController();
    accounts.abandon(marker);
    await Promise.all([ask(gone.signal).catch(() => {}), setTimeout(draws.below(20)).then(() => gone.abort())]);
    did.add("clients gone while their session began");
    return null;
  }
  for (let n = 0; n < attempts; n++) {
    const answers = await Promise.all(draws.chance(0.2) ? [ask(), ask()] : [ask()]);
    const made = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    const refused = answers.filter(({ status }) => status !== 201 && status !== 502);
    if (refused.length > 0) complaints.push(`${marker} could not begin: ${JSON.stringify(refused).slice(0, 300)}`);
    if (new Set(made.map(({ session_id }) => session_id)).size > 1) complaints.push(`${marker}: one request_id made several sessions`);
    if (made[0]) return made[0];
    did.add("faults before the first turn");
  }
  did.add("sessions that could not begin");
  return null;
}

/** After its end an episode can be begun again, or is left. */
async function startAgain(life: Life): Promise<boolean> {
  await life.check();
  life.stage.did.add("episodes that came to an end");
  if (life.draws.chance(0.5)) return false;
  await life.restore("start", []);
  return !life.over;
}

/** Sessions end as clients please: deleted, in the middle of a step or not; finished; or just left. */
async function end(life: Life): Promise<void> {
  const tag = life.tag();
  switch (life.draws.below(life.over ? 2 : 5)) {
    case 0:
      return life.delete();
    case 1:
      return;
    case 2:
      await take(life, "done()", tag);
      return;
    case 3:
      return vanish(life);
    default: {
      const step = life.ask("POST", "/step", { action: words(tag) }, [200, 410, ...(life.ledger.isCertain ? [] : [409])]);
      await Promise.all([step, setTimeout(life.draws.below(5)).then(() => life.delete())]);
    }
  }
}
