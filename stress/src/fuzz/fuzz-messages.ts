import { once } from "node:events";
import { WebSocket, type RawData } from "ws";
import { Counts } from "../counts.ts";
import { createRandom, type Random } from "../random.ts";
import { createMessage, type FuzzMessage } from "./create-message.ts";

/** Sent messages, their answers, and the wrong answers. */
export interface FuzzRun {
  sent: Counts;
  answered: Counts;
  faults: string[];
}

/** Address for messages. */
export interface Target {
  url: string;
  token: string;
}

/** Milliseconds for an answer: a hang is a fault. */
const patienceMs = 20_000;
/** Messages on a connection, before another one is made. */
const perSocket = 50;
/** Codes with which a server may end a connection: an unreadable message, and too little room. */
const endings = new Set([1000, 1002, 1007, 1009, 1013]);

/** Sends a number of messages on several concurrent connections. Each must be answered by one message that names its type, or end the connection. */
export async function fuzzMessages(target: Target, { seed, count }: { seed: string; count: number }): Promise<FuzzRun> {
  const run: FuzzRun = { sent: new Counts(), answered: new Counts(), faults: [] };
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < count / perSocket; n = next++) await fuzzSocket(target, createRandom(`messages ${seed} ${n}`), run);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return run;
}

async function fuzzSocket({ url, token }: Target, random: Random, run: FuzzRun): Promise<void> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, { headers: { authorization: `Bearer ${token}` } });
  socket.on("error", () => {});
  const closed = once(socket, "close").then(([code]) => `closed ${code as number}`);
  await Promise.race([once(socket, "open"), closed]);
  for (let n = 0; n < perSocket && socket.readyState === socket.OPEN; n++) {
    const message = createMessage(random);
    run.sent.add(message.kind);
    const outcome = await Promise.race([describeResponse(socket, message), closed, waitForTimeout(socket)]);
    const isRight = outcome.startsWith("closed") ? endings.has(Number(outcome.slice(7))) : !outcome.startsWith("!");
    run.answered.add(isRight ? outcome : "something else");
    if (!isRight) run.faults.push(`${message.kind}: ${outcome}`);
  }
  socket.terminate();
}

/** Describes the answer to a message in a word or two; with `!` for a wrong one. */
async function describeResponse(socket: WebSocket, { fragments }: FuzzMessage): Promise<string> {
  const answer = once(socket, "message") as Promise<[RawData]>;
  const binary = fragments.some((fragment) => typeof fragment !== "string");
  fragments.forEach((fragment, i) => socket.send(fragment, { binary, fin: i === fragments.length - 1 }, () => {}));
  const [data] = await answer;
  const text = (data as Buffer).toString();
  const { type, data: said } = JSON.parse(text) as { type: string; data: { code?: string; reason_code?: string } };
  if (["observation", "state", "mcp"].includes(type)) return type;
  return type === "error" && said.reason_code !== "internal" ? String(said.code) : `!${text.slice(0, 300)}`;
}

async function waitForTimeout(socket: WebSocket): Promise<string> {
  const late = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(`!no answer within ${patienceMs} ms`), patienceMs).unref();
    socket.once("message", () => clearTimeout(timer));
  });
  return late;
}
