import { setTimeout } from "node:timers/promises";
import type { Random } from "../random.ts";
import type { ResponseBody } from "./client.ts";
import { sendHostile } from "./hostile.ts";
import { Ledger } from "./ledger.ts";
import { PlayedSession, ignoreExpiry, type SoakContext } from "./played-session.ts";
import { moves, disconnectDuringStep } from "./moves.ts";
import { createSessionRequest } from "./create-session-request.ts";
import { takeStep, createWords } from "./steps.ts";

/** Number of attempts to create a session whose user fails before the first turn. */
const MAX_ATTEMPTS = 8;

/** Plays a session over REST, from its creation until its client deletes or leaves it. */
export async function playOverRest(context: SoakContext, domain: string, marker: string, random: Random): Promise<void> {
  const created = await createSession(context, domain, marker, random);
  if (!created) return;
  const { session_id: id, done: over } = created;
  context.accounts.open(id, marker, "created");
  const session = new PlayedSession({ context, id, over, domain, random, ledger: new Ledger(marker) });
  await ignoreExpiry(async () => {
    for (let left = 4 + random.below(8); left > 0; left--) {
      if (random.chance(0.3)) await sendHostile(session);
      if (session.over && !(await restartEpisode(session))) break;
      await random.pick(moves)(session);
    }
    await session.check();
    await endSession(session);
  });
}

/** Creates a session, sometimes with two concurrent requests, or without waiting for it. Returns null without a session. */
async function createSession(
  { client, accounts, did, complaints }: SoakContext,
  domain: string,
  marker: string,
  random: Random,
): Promise<ResponseBody | null> {
  const request = { ...createSessionRequest(domain, marker), request_id: marker };
  const ask = (signal?: AbortSignal) => client.ask("POST", "/v1/sessions", request, signal ? { signal } : {});
  if (random.chance(0.05)) {
    const disconnected = new AbortController();
    accounts.abandon(marker);
    await Promise.all([ask(disconnected.signal).catch(() => {}), setTimeout(random.below(20)).then(() => disconnected.abort())]);
    did.add("clients gone while their session began");
    return null;
  }
  for (let n = 0; n < MAX_ATTEMPTS; n++) {
    const answers = await Promise.all(random.chance(0.2) ? [ask(), ask()] : [ask()]);
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

/** Restarts half of the finished episodes. Returns whether the episode continues. */
async function restartEpisode(session: PlayedSession): Promise<boolean> {
  await session.check();
  session.context.did.add("episodes that came to an end");
  if (session.random.chance(0.5)) return false;
  await session.restore("start", []);
  return !session.over;
}

/** Ends a session in one of the ways of clients: deletes it, also during a step, finishes it, or leaves it. */
async function endSession(session: PlayedSession): Promise<void> {
  const tag = session.createTag();
  switch (session.random.below(session.over ? 2 : 5)) {
    case 0:
      return session.delete();
    case 1:
      return;
    case 2:
      await takeStep(session, "done()", tag);
      return;
    case 3:
      return disconnectDuringStep(session);
    default: {
      const step = session.ask("POST", "/step", { action: createWords(tag) }, [200, 410, ...(session.ledger.isCertain ? [] : [409])]);
      await Promise.all([step, setTimeout(session.random.below(5)).then(() => session.delete())]);
    }
  }
}
