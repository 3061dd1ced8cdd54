import { setTimeout } from "node:timers/promises";
import type { Random } from "../random.ts";
import { Ledger } from "./ledger.ts";
import { PlayedSession, ignoreExpiry, type SoakContext } from "./played-session.ts";
import { createSessionRequest } from "./create-session-request.ts";
import { openSocket, type SocketResponse, type Socket } from "./socket.ts";
import { recordStep, createCall, formatCall, createWords } from "./steps.ts";

/** Hostile messages, and the code of their refusal. */
const nonsense: readonly [frame: unknown, code: string][] = [
  ["", "INVALID_JSON"],
  ['{"type": "step", "da', "INVALID_JSON"],
  ["[".repeat(10_000), "INVALID_JSON"],
  [Buffer.from([0, 159, 146, 150]), "INVALID_JSON"],
  ["7", "VALIDATION_ERROR"],
  [{ type: 7 }, "VALIDATION_ERROR"],
  [{ type: "launch" }, "UNKNOWN_TYPE"],
  [{ type: "reset", data: { sead: 1 } }, "VALIDATION_ERROR"],
  [{ type: "step", data: { tool_calls: "all" } }, "VALIDATION_ERROR"],
];

/** Plays sessions over a WebSocket, one after the other, until its client disconnects. */
export async function playOverSocket(context: SoakContext, domain: string, marker: string, random: Random): Promise<void> {
  const socket = await openSocket(context.client.url);
  for (let episode = 0; episode < 1 + random.below(2); episode++) {
    const session = await resetEpisode(context, socket, { domain, marker: `${marker}f${episode}`, random });
    if (session) await ignoreExpiry(() => playEpisode(session, socket));
  }
  await closeSocket(context, socket, { domain, marker, random });
  await socket.closed;
}

interface Part {
  domain: string;
  marker: string;
  random: Random;
}

async function resetEpisode(context: SoakContext, socket: Socket, { domain, marker, random }: Part): Promise<PlayedSession | null> {
  for (let n = 0; n < 8; n++) {
    const frame = await socket.ask({ type: "reset", data: createSessionRequest(domain, marker) });
    if (frame?.type === "observation") {
      const { done: over, observation } = frame.data;
      const id = observation.session_id;
      context.accounts.open(id, marker, "by a socket");
      return new PlayedSession({ context, id, over, domain, random, ledger: new Ledger(marker) });
    }
    if (frame?.data.reason_code !== "upstream_failed") {
      context.complaints.push(`${marker}: its reset received ${JSON.stringify(frame)}`);
    }
    context.did.add("faults before the first turn");
  }
  context.did.add("sessions that could not begin");
  return null;
}

async function playEpisode(session: PlayedSession, socket: Socket): Promise<void> {
  for (let left = 3 + session.random.below(6); left > 0 && !session.over; left--) {
    if (session.random.chance(0.3)) await sendNonsense(session, socket);
    if (session.random.chance(0.2)) expectType(session, await socket.ask({ type: "state" }), "state");
    await sendStep(session, socket);
  }
  if (session.over) session.context.did.add("episodes that came to an end");
  await session.check();
}

async function sendNonsense(session: PlayedSession, socket: Socket): Promise<void> {
  const [frame, code] = session.random.pick(nonsense);
  const answer = await socket.ask(frame);
  if (answer?.data.code !== code) {
    session.complain(`the message ${JSON.stringify(frame).slice(0, 60)} received ${JSON.stringify(answer)}`);
  }
  session.context.did.add("hostile messages");
}

async function sendStep(session: PlayedSession, socket: Socket): Promise<void> {
  const tag = session.createTag();
  const action = session.random.pick([createWords(tag), createWords(tag), createCall(session, tag), { text: formatCall(session, tag) }]);
  const answer = expectType(session, await socket.ask({ type: "step", data: action }), "observation");
  if (!answer) return;
  const { observation, reward, done } = answer.data;
  await recordStep(session, { ...observation, reward, done }, tag);
}

function expectType(session: PlayedSession, frame: SocketResponse | null, type: string): SocketResponse | null {
  if (frame?.type === type) return frame;
  session.complain(`a message was answered ${JSON.stringify(frame)?.slice(0, 300)}`);
  return null;
}

/** Ends a connection in one of the ways of clients: closes or drops it, during a step or a reset, or sends too much. */
async function closeSocket(context: SoakContext, socket: Socket, { domain, marker, random }: Part): Promise<void> {
  const last = `${marker}f9`;
  switch (random.below(6)) {
    case 0:
      socket.send({ type: "close" });
      break;
    case 1:
      socket.vanish();
      break;
    case 2:
      context.accounts.abandon(last);
      socket.send({ type: "reset", data: createSessionRequest(domain, last) });
      await setTimeout(random.below(20));
      socket.vanish();
      context.did.add("clients gone while their session began");
      break;
    case 3:
      socket.send({ type: "step", data: createWords(`${last}.0`) });
      await setTimeout(random.below(20));
      socket.vanish();
      context.did.add("clients gone in the middle of a step");
      break;
    case 4:
      for (let n = 0; n < 50; n++) socket.send({ type: "state" });
      socket.send({ type: "close" });
      context.did.add("sockets far ahead of their answers");
      break;
    default:
      socket.send(Buffer.alloc(16 * 1024 * 1024 + 1));
      context.did.add("messages too large");
  }
}
