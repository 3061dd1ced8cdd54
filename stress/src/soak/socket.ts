import { once } from "node:events";
import { WebSocket, type RawData } from "ws";
import type { ResponseBody } from "./client.ts";

/** A message of the server; the parts of its data depend on its type. */
export interface SocketResponse {
  type: string;
  data: {
    code: string;
    reason_code: string;
    reward: number | null;
    done: boolean;
    observation: Pick<ResponseBody, "session_id" | "error" | "invalid_action">;
  };
}

/** A client of OpenEnv's, which waits for each answer. */
export interface Socket {
  /** Sends something, as JSON unless it is text or bytes, and waits; null when the connection has ended. */
  ask(frame: unknown): Promise<SocketResponse | null>;
  /** Sends something, and waits for nothing. */
  send(frame: unknown): void;
  /** Goes away without a word. */
  vanish(): void;
  /** The code with which the connection ends. */
  readonly closed: Promise<number>;
}

/** Connects to the `/ws` of a server. */
export async function openSocket(url: string): Promise<Socket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`);
  const closed = once(socket, "close").then(([code]) => code as number);
  socket.on("error", () => {});
  await Promise.race([once(socket, "open"), closed]);
  const send = (frame: unknown) =>
    socket.send(typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame), () => {});
  return {
    closed,
    send,
    async ask(frame) {
      const answer = new Promise<SocketResponse>((resolve) => {
        socket.once("message", (data: RawData) => resolve(JSON.parse((data as Buffer).toString()) as SocketResponse));
      });
      send(frame);
      return Promise.race([answer, closed.then(() => null)]);
    },
    vanish: () => socket.terminate(),
  };
}
