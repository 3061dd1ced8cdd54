import { type WebSocket, WebSocketServer } from "ws";
import { ServerError } from "../core/server-error.ts";
import type { RestContext } from "../rest/responses.ts";
import { parseSocketMessage, toErrorMessage, type SocketMessage } from "./messages.ts";
import { answerRpc } from "./json-rpc.ts";
import { OpenEnvConnection } from "./connection.ts";
import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { requireOwnSite, requireToken, type GuardRules } from "../rest/guard.ts";

/** Number of messages that a client may send ahead of their responses. */
const MOST_AHEAD = 16;

/**
 * Serves one WebSocket in OpenEnv's dialect: one session, one response for each message, in their order. The session ends with
 * the connection, and so does what it asks of others.
 */
function serveSocket(socket: WebSocket, { sessions, version, toErrorResponse }: RestContext): void {
  const connection = new OpenEnvConnection(sessions);
  const gone = new AbortController();
  let last = Promise.resolve();
  let ahead = 0;

  socket.on("message", (data, isBinary) => {
    if (++ahead > MOST_AHEAD) {
      socket.close(1008, "wait for an answer before the next message");
      return;
    }
    const text = isBinary ? "" : (data as Buffer).toString("utf8");
    last = last.then(() => serve(text)).finally(() => ahead--);
  });
  // The end of the connection tells its fault.
  socket.on("error", () => {});
  socket.on("close", () => {
    gone.abort(new ServerError("cancelled", "the connection has ended"));
    connection.leave();
  });

  async function serve(text: string): Promise<void> {
    if (gone.signal.aborted || socket.readyState !== socket.OPEN) return;
    const frame = parseSocketMessage(text);
    if (frame.type === "error") return send(frame);
    if (frame.type === "close") return socket.close(1000);
    try {
      send(await answer(frame));
    } catch (thrown) {
      const { frame: error, ends } = toErrorMessage(toErrorResponse(thrown));
      send(error);
      if (ends) socket.close(sessions.isDraining ? 1012 : 1013, error.data.code);
    }
    // The connection may have ended while its session began.
    if (gone.signal.aborted) connection.leave();
  }

  async function answer(frame: Exclude<SocketMessage, { type: "close" }>): Promise<object> {
    const { signal } = gone;
    switch (frame.type) {
      case "reset":
        return { type: "observation", data: await connection.reset(frame.data, signal) };
      case "step":
        return { type: "observation", data: await connection.step(frame.data, { signal }) };
      case "state":
        return { type: "state", data: connection.state() };
      case "mcp":
        return {
          type: "mcp",
          data: await answerRpc(frame.data, { connectTo: () => connection, sessions: null, version, toErrorResponse, signal }),
        };
    }
  }

  function send(frame: object): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  }
}

/** The WebSockets of a server. */
export interface WebSockets {
  /** Ends all of them after the pending responses. */
  close(): Promise<void>;
}

/** Options of the WebSockets. */
export interface WebSocketOptions {
  rules: GuardRules;
  /** Largest message in bytes. */
  maxBytes: number;
  /** Milliseconds for the answer to a ping. */
  heartbeatMs: number;
}

/** Milliseconds for clients to agree to the end of their connection. */
const farewellMs = 1000;

/** Serves WebSockets on a server's path `/ws`, behind its guards. */
export function createWebSockets(server: Server, context: RestContext, { rules, maxBytes, heartbeatMs }: WebSocketOptions): WebSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxBytes, perMessageDeflate: false });
  const silent = new WeakSet<WebSocket>();

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => {});
    try {
      admit(request);
    } catch (thrown) {
      refuse(socket, context, thrown);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (made) => {
      made.on("pong", () => silent.delete(made));
      serveSocket(made, context);
    });
  });

  // Who has vanished without a word is found out by asking.
  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, heartbeatMs).unref();

  function admit({ headers, url }: IncomingMessage): void {
    const credentials = { host: headers.host, origin: headers.origin, authorization: headers.authorization };
    requireOwnSite(credentials, rules);
    requireToken(credentials, rules);
    if ((url ?? "").split("?", 1)[0] !== "/ws") throw new ServerError("not_found", "WebSockets are served at /ws only");
    if (context.sessions.isDraining) throw new ServerError("draining", "the server is about to stop", { retry_after_s: 5 });
  }

  return {
    async close() {
      clearInterval(heartbeat);
      const ended = [...sockets.clients].map((socket) => farewell(socket));
      await Promise.all(ended);
      sockets.close();
    },
  };
}

async function farewell(socket: WebSocket): Promise<void> {
  const timer = setTimeout(() => socket.terminate(), farewellMs);
  await new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
    socket.close(1012, "the server stops");
  });
  clearTimeout(timer);
}

function refuse(socket: Duplex, { toErrorResponse }: RestContext, thrown: unknown): void {
  const { status, headers, body } = toErrorResponse(thrown);
  const text = JSON.stringify(body);
  const all = { ...headers, connection: "close", "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${text}`);
}
