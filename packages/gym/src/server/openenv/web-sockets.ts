import { type WebSocket, WebSocketServer } from "ws";
import { ServerError } from "../core/server-error.ts";
import type { RestContext } from "../rest/responses.ts";
import { parseSocketMessage, toErrorMessage, type SocketMessage } from "./messages.ts";
import { handleRpc } from "./json-rpc.ts";
import { OpenEnvConnection } from "./connection.ts";
import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { requireOwnSite, requireToken, type GuardRules } from "../rest/requests.ts";

/** Number of messages that a client may send before their responses. */
const MAX_PENDING = 16;

/**
 * Serves one WebSocket in OpenEnv's dialect: one session, and one response for each message, in their order. The session and its running step
 * end with the connection.
 */
function serveSocket(socket: WebSocket, { sessions, version, toErrorResponse }: RestContext): void {
  const connection = new OpenEnvConnection(sessions);
  const disconnected = new AbortController();
  let last = Promise.resolve();
  let pending = 0;

  socket.on("message", (data, isBinary) => {
    if (++pending > MAX_PENDING) {
      socket.close(1008, "too many messages: wait for the responses");
      return;
    }
    const text = isBinary ? "" : (data as Buffer).toString("utf8");
    last = last.then(() => handleText(text)).finally(() => pending--);
  });
  // A "close" event follows each error.
  socket.on("error", () => {});
  socket.on("close", () => {
    disconnected.abort(new ServerError("cancelled", "the client disconnected"));
    connection.close();
  });

  async function handleText(text: string): Promise<void> {
    if (disconnected.signal.aborted || socket.readyState !== socket.OPEN) return;
    const message = parseSocketMessage(text);
    if (message.type === "error") return send(message);
    if (message.type === "close") return socket.close(1000);
    try {
      send(await handleMessage(message));
    } catch (thrown) {
      const { message: error, ends } = toErrorMessage(toErrorResponse(thrown));
      send(error);
      if (ends) socket.close(sessions.isDraining ? 1012 : 1013, error.data.code);
    }
    // The client may have disconnected while its session was created.
    if (disconnected.signal.aborted) connection.close();
  }

  async function handleMessage(message: Exclude<SocketMessage, { type: "close" }>): Promise<object> {
    const { signal } = disconnected;
    switch (message.type) {
      case "reset":
        return { type: "observation", data: await connection.reset(message.data, signal) };
      case "step":
        return { type: "observation", data: await connection.step(message.data, { signal }) };
      case "state":
        return { type: "state", data: connection.getState() };
      case "mcp":
        return {
          type: "mcp",
          data: await handleRpc(message.data, { connectTo: () => connection, sessions: null, version, toErrorResponse, signal }),
        };
    }
  }

  function send(message: object): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  }
}

/** WebSockets of a server. */
export interface WebSockets {
  /** Closes all WebSockets, after the responses to work that has settled. */
  close(): Promise<void>;
}

/** Options of the WebSockets. */
export interface WebSocketOptions {
  rules: GuardRules;
  /** Largest message in bytes. */
  maxBytes: number;
  /** Time for the reply to a ping in milliseconds. */
  heartbeatMs: number;
}

/** Time for clients to confirm the end of their connection in milliseconds. */
const closeTimeoutMs = 1000;

/** Serves WebSockets on a server's path `/ws`, behind its guards. */
export function createWebSockets(server: Server, context: RestContext, { rules, maxBytes, heartbeatMs }: WebSocketOptions): WebSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxBytes, perMessageDeflate: false });
  const silent = new WeakSet<WebSocket>();

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => {});
    try {
      checkUpgrade(request);
    } catch (thrown) {
      rejectUpgrade(socket, context, thrown);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on("pong", () => silent.delete(webSocket));
      serveSocket(webSocket, context);
    });
  });

  // Pings find clients that disconnected without closing.
  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, heartbeatMs).unref();

  function checkUpgrade({ headers, url }: IncomingMessage): void {
    const credentials = { host: headers.host, origin: headers.origin, authorization: headers.authorization };
    requireOwnSite(credentials, rules);
    requireToken(credentials, rules);
    if ((url ?? "").split("?", 1)[0] !== "/ws") throw new ServerError("not_found", "WebSockets are served at /ws only");
    if (context.sessions.isDraining) throw new ServerError("draining", "the server is about to stop", { retry_after_s: 5 });
  }

  return {
    async close() {
      clearInterval(heartbeat);
      // Work settles some microtasks before its response is sent.
      await setImmediate();
      const closing = [...sockets.clients].map((socket) => closeSocket(socket));
      await Promise.all(closing);
      sockets.close();
    },
  };
}

async function closeSocket(socket: WebSocket): Promise<void> {
  const timer = setTimeout(() => socket.terminate(), closeTimeoutMs);
  await new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
    socket.close(1012, "the server stops");
  });
  clearTimeout(timer);
}

function rejectUpgrade(socket: Duplex, { toErrorResponse }: RestContext, thrown: unknown): void {
  const { status, headers, body } = toErrorResponse(thrown);
  const text = JSON.stringify(body);
  const allHeaders = {
    ...headers,
    connection: "close",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(text)),
  };
  const lines = Object.entries(allHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${text}`);
}
