import type { WebSocket } from "ws";
import { ServerError } from "../core/server-error.ts";
import type { RestContext } from "../rest/rest-context.ts";
import { readFrame, thrownFrame, type SocketMessage } from "./frames.ts";
import { answerRpc } from "./json-rpc.ts";
import { OpenEnvConnection } from "./seat.ts";

/** How many frames a client may send ahead of their answers. */
const MOST_AHEAD = 16;

/**
 * Serves one WebSocket in OpenEnv's dialect: one session, one answer for each frame, in their order, and none unasked. The session ends with
 * the connection, and so does what it asks of others.
 */
export function serveSocket(socket: WebSocket, { sessions, answerFor }: RestContext): void {
  const seat = new OpenEnvConnection(sessions);
  const gone = new AbortController();
  let last = Promise.resolve();
  let ahead = 0;

  socket.on("message", (data, isBinary) => {
    if (++ahead > MOST_AHEAD) {
      socket.close(1008, "wait for an answer before the next frame");
      return;
    }
    const text = isBinary ? "" : (data as Buffer).toString("utf8");
    last = last.then(() => serve(text)).finally(() => ahead--);
  });
  // What is wrong with a connection is told by its end.
  socket.on("error", () => {});
  socket.on("close", () => {
    gone.abort(new ServerError("cancelled", "the connection has ended"));
    seat.leave();
  });

  async function serve(text: string): Promise<void> {
    if (gone.signal.aborted || socket.readyState !== socket.OPEN) return;
    const frame = readFrame(text);
    if (frame.type === "error") return send(frame);
    if (frame.type === "close") return socket.close(1000);
    try {
      send(await answer(frame));
    } catch (thrown) {
      const { frame: error, ends } = thrownFrame(answerFor(thrown));
      send(error);
      if (ends) socket.close(sessions.isDraining ? 1012 : 1013, error.data.code);
    }
    // The connection may have ended while its session began.
    if (gone.signal.aborted) seat.leave();
  }

  async function answer(frame: Exclude<SocketMessage, { type: "close" }>): Promise<object> {
    const { signal } = gone;
    switch (frame.type) {
      case "reset":
        return { type: "observation", data: await seat.reset(frame.data, signal) };
      case "step":
        return { type: "observation", data: await seat.step(frame.data, { signal }) };
      case "state":
        return { type: "state", data: seat.state() };
      case "mcp":
        return { type: "mcp", data: await answerRpc(frame.data, { seatOf: () => seat, sessions: null, answerFor, signal }) };
    }
  }

  function send(frame: object): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  }
}
