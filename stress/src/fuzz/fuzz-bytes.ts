import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Counts } from "../counts.ts";
import { createRandom } from "../random.ts";
import type { FuzzRun, Target } from "./fuzz-messages.ts";
import { createBytes } from "./create-bytes.ts";

/** Writes bytes into a number of connections that have become WebSockets, and ends them. The server must continue. */
export async function fuzzBytes(target: Target, { seed, count }: { seed: string; count: number }): Promise<FuzzRun> {
  const run: FuzzRun = { sent: new Counts(), answered: new Counts(), faults: [] };
  for (let n = 0; n < count; n++) {
    const { kind, bytes } = createBytes(createRandom(`bytes ${seed} ${n}`));
    const socket = await connectSocket(target);
    const ended = once(socket, "close");
    socket.end(bytes);
    socket.resume();
    run.sent.add(kind);
    const timer = setTimeout(() => socket.destroy(new Error("too late")), 10_000);
    await ended;
    clearTimeout(timer);
    run.answered.add(socket.errored ? "something else" : "closed");
    if (socket.errored) run.faults.push(`${kind}: the connection does not end: ${socket.errored.message}`);
  }
  return run;
}

async function connectSocket({ url, token }: Target): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  const lines = [
    "GET /ws HTTP/1.1",
    "host: localhost",
    `authorization: Bearer ${token}`,
    "connection: Upgrade",
    "upgrade: websocket",
    "sec-websocket-version: 13",
    `sec-websocket-key: ${Buffer.alloc(16, 7).toString("base64")}`,
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  if (!answer.toString().startsWith("HTTP/1.1 101")) throw new Error(`no WebSocket: ${answer.toString().slice(0, 200)}`);
  return socket;
}
