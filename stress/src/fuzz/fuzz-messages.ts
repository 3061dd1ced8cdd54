import { once } from "node:events";
import { WebSocket, type RawData } from "ws";
import { Counts } from "../counts.ts";
import { drawsOf, type Draws } from "../draws.ts";
import { messageFor, type Message } from "./frames.ts";

/** What was sent, what came back, and what should not have come back. */
export interface FrameRun {
  sent: Counts;
  answered: Counts;
  faults: string[];
}

/** Whom frames are sent to. */
export interface Target {
  url: string;
  token: string;
}

/** How long an answer may take: a hang is a fault. */
const patienceMs = 20_000;
/** Messages on a connection, before another one is made. */
const perSocket = 50;
/** The codes with which a server may end a connection: a frame it cannot read, and no room. */
const endings = new Set([1000, 1002, 1007, 1009, 1013]);

/** Sends so many messages on several connections at once. Each must be answered by one frame that says what it is, or end the connection. */
export async function fuzzMessages(target: Target, { seed, count }: { seed: string; count: number }): Promise<FrameRun> {
  const run: FrameRun = { sent: new Counts(), answered: new Counts(), faults: [] };
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < count / perSocket; n = next++) await oneSocket(target, drawsOf(`messages ${seed} ${n}`), run);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return run;
}

async function oneSocket({ url, token }: Target, draws: Draws, run: FrameRun): Promise<void> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, { headers: { authorization: `Bearer ${token}` } });
  socket.on("error", () => {});
  const closed = once(socket, "close").then(([code]) => `closed ${code as number}`);
  await Promise.race([once(socket, "open"), closed]);
  for (let n = 0; n < perSocket && socket.readyState === socket.OPEN; n++) {
    const message = messageFor(draws);
    run.sent.add(message.kind);
    const outcome = await Promise.race([answerTo(socket, message), closed, tooLate(socket)]);
    const isRight = outcome.startsWith("closed") ? endings.has(Number(outcome.slice(7))) : !outcome.startsWith("!");
    run.answered.add(isRight ? outcome : "something else");
    if (!isRight) run.faults.push(`${message.kind}: ${outcome}`);
  }
  socket.terminate();
}

/** What a message was answered with, in a word or two; with `!` when that is wrong. */
async function answerTo(socket: WebSocket, { fragments }: Message): Promise<string> {
  const answer = once(socket, "message") as Promise<[RawData]>;
  const binary = fragments.some((fragment) => typeof fragment !== "string");
  fragments.forEach((fragment, i) => socket.send(fragment, { binary, fin: i === fragments.length - 1 }, () => {}));
  const [data] = await answer;
  const text = (data as Buffer).toString();
  const { type, data: said } = JSON.parse(text) as { type: string; data: { code?: string; reason_code?: string } };
  if (["observation", "state", "mcp"].includes(type)) return type;
  return type === "error" && said.reason_code !== "internal" ? String(said.code) : `!${text.slice(0, 300)}`;
}

async function tooLate(socket: WebSocket): Promise<string> {
  const late = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(`!no answer within ${patienceMs} ms`), patienceMs).unref();
    socket.once("message", () => clearTimeout(timer));
  });
  return late;
}
