import { setTimeout } from "node:timers/promises";
import type { Draws } from "../draws.ts";
import { Ledger } from "./ledger.ts";
import { Life, unlessExpired, type Stage } from "./life.ts";
import { sessionRequest } from "./session-request.ts";
import { openSocket, type Frame, type Socket } from "./socket.ts";
import { book, call, callText, words } from "./steps.ts";

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

/** Sessions over a WebSocket, one after the other, until its client leaves. */
export async function liveOverSocket(stage: Stage, domain: string, marker: string, draws: Draws): Promise<void> {
  const socket = await openSocket(stage.client.url);
  for (let episode = 0; episode < 1 + draws.below(2); episode++) {
    const life = await reset(stage, socket, { domain, marker: `${marker}f${episode}`, draws });
    if (life) await unlessExpired(() => play(life, socket));
  }
  await leave(stage, socket, { domain, marker, draws });
  await socket.closed;
}

interface Part {
  domain: string;
  marker: string;
  draws: Draws;
}

async function reset(stage: Stage, socket: Socket, { domain, marker, draws }: Part): Promise<Life | null> {
  for (let n = 0; n < 8; n++) {
    const frame = await socket.ask({ type: "reset", data: sessionRequest(domain, marker) });
    if (frame?.type === "observation") {
      const { done: over, observation } = frame.data;
      const id = observation.session_id;
      stage.accounts.open(id, marker, "by a socket");
      return new Life({ stage, id, over, domain, draws, ledger: new Ledger(marker) });
    }
    if (frame?.data.reason_code !== "upstream_failed") stage.complaints.push(`${marker}: its reset was answered ${JSON.stringify(frame)}`);
    stage.did.add("faults before the first turn");
  }
  stage.did.add("sessions that could not begin");
  return null;
}

async function play(life: Life, socket: Socket): Promise<void> {
  for (let left = 3 + life.draws.below(6); left > 0 && !life.over; left--) {
    if (life.draws.chance(0.3)) await sendNonsense(life, socket);
    if (life.draws.chance(0.2)) expect(life, await socket.ask({ type: "state" }), "state");
    await step(life, socket);
  }
  if (life.over) life.stage.did.add("episodes that came to an end");
  await life.check();
}

async function sendNonsense(life: Life, socket: Socket): Promise<void> {
  const [frame, code] = life.draws.of(nonsense);
  const answer = await socket.ask(frame);
  if (answer?.data.code !== code) life.complain(`the message ${JSON.stringify(frame).slice(0, 60)} was answered ${JSON.stringify(answer)}`);
  life.stage.did.add("hostile messages");
}

async function step(life: Life, socket: Socket): Promise<void> {
  const tag = life.tag();
  const action = life.draws.of([words(tag), words(tag), call(life, tag), { text: callText(life, tag) }]);
  const answer = expect(life, await socket.ask({ type: "step", data: action }), "observation");
  if (!answer) return;
  const { observation, reward, done } = answer.data;
  await book(life, { ...observation, reward, done }, tag);
}

function expect(life: Life, frame: Frame | null, type: string): Frame | null {
  if (frame?.type === type) return frame;
  life.complain(`a message was answered ${JSON.stringify(frame)?.slice(0, 300)}`);
  return null;
}

/** Sockets end as clients please: with a word or without, in the middle of a step or of a reset, or because they send too much. */
async function leave(stage: Stage, socket: Socket, { domain, marker, draws }: Part): Promise<void> {
  const last = `${marker}f9`;
  switch (draws.below(6)) {
    case 0:
      socket.send({ type: "close" });
      break;
    case 1:
      socket.vanish();
      break;
    case 2:
      stage.accounts.abandon(last);
      socket.send({ type: "reset", data: sessionRequest(domain, last) });
      await setTimeout(draws.below(20));
      socket.vanish();
      stage.did.add("clients gone while their session began");
      break;
    case 3:
      socket.send({ type: "step", data: words(`${last}.0`) });
      await setTimeout(draws.below(20));
      socket.vanish();
      stage.did.add("clients gone in the middle of a step");
      break;
    case 4:
      for (let n = 0; n < 50; n++) socket.send({ type: "state" });
      socket.send({ type: "close" });
      stage.did.add("sockets far ahead of their answers");
      break;
    default:
      socket.send(Buffer.alloc(16 * 1024 * 1024 + 1));
      stage.did.add("messages too large");
  }
}
