import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pyJsonDumps, type JsonObject } from "@tau2/domains";
import type { ScriptedReply } from "./scripted-model.ts";

/** A request as it came over the wire. */
export interface ModelServerRequest {
  method: string;
  /** With the query, such as `/v1/chat/completions`. */
  path: string;
  headers: IncomingHttpHeaders;
  body: JsonObject;
}

/** An answer that is no ordinary completion: any status and body (a text as it is, all else as JSON). */
export interface HttpReply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** No answer: it never comes (`hang`), the connection breaks at once (`reset`), or in the middle of the answer (`cut`), or the answer never ends (`stall`). */
export interface BrokenReply {
  fault: "hang" | "reset" | "cut" | "stall";
}

/** What the server answers: a completion in short, a whole HTTP answer, or none. */
export type ModelServerReply = ScriptedReply | HttpReply | BrokenReply;

/** Answers the n-th request, counted from 0. */
export type ModelServerHandler = (request: ModelServerRequest, n: number) => ModelServerReply | Promise<ModelServerReply>;

/** A running stand-in for a model's endpoint. */
export interface ModelServer extends AsyncDisposable {
  /** For `baseUrl`: `http://127.0.0.1:PORT/v1`. */
  readonly baseUrl: string;
  /** All requests so far, oldest first. */
  readonly requests: readonly ModelServerRequest[];
  close(): Promise<void>;
}

/**
 * A real HTTP server on a free port of 127.0.0.1 that answers chat completions by a list, one reply for each request, or by a function.
 * A request beyond the list is answered with status 400, which no client repeats.
 */
export async function startModelServer(replies: readonly ModelServerReply[] | ModelServerHandler): Promise<ModelServer> {
  const requests: ModelServerRequest[] = [];
  const answerTo = async (request: ModelServerRequest, n: number): Promise<ModelServerReply> => {
    if (typeof replies === "function") return replies(request, n);
    return (
      replies[n] ?? { status: 400, body: { error: { message: `unexpected request ${n + 1}: the server has ${replies.length} replies` } } }
    );
  };
  const server = createServer((incoming, response) => {
    void receive(incoming)
      .then(async (request) => send(response, await answerTo(request, requests.push(request) - 1), request))
      .catch((thrown: unknown) =>
        send(response, { status: 400, body: { error: { message: `the test's handler failed: ${String(thrown)}` } } }, null),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const close = async () => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    server.closeAllConnections();
    await closed;
  };
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests, close, [Symbol.asyncDispose]: close };
}

async function receive(incoming: IncomingMessage): Promise<ModelServerRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const body = text === "" ? {} : (JSON.parse(text) as JsonObject);
  return { method: incoming.method ?? "", path: incoming.url ?? "", headers: incoming.headers, body };
}

function send(response: ServerResponse, reply: ModelServerReply, request: ModelServerRequest | null): void {
  if (typeof reply === "object" && "fault" in reply) return breakOff(response, reply);
  if (typeof reply === "object" && "status" in reply) {
    const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? null);
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers }).end(text);
    return;
  }
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(completion(reply, request)));
}

function breakOff(response: ServerResponse, { fault }: BrokenReply): void {
  if (fault === "hang") return;
  if (fault === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"id": "chatcmpl-1", "choi', () => {
    if (fault === "cut") response.destroy();
  });
}

function completion(reply: ScriptedReply, request: ModelServerRequest | null): JsonObject {
  const {
    content = null,
    toolCalls = null,
    reasoning,
    usage,
    model,
    finishReason,
  } = typeof reply === "string" ? { content: reply } : reply;
  const calls = toolCalls?.map(({ id, name, arguments: args }) => ({
    id,
    type: "function",
    function: { name, arguments: pyJsonDumps(args) },
  }));
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 0,
    model: model ?? request?.body["model"] ?? "stand-in",
    choices: [
      {
        index: 0,
        finish_reason: finishReason ?? (calls ? "tool_calls" : "stop"),
        message: { role: "assistant", content, ...(reasoning && { reasoning_content: reasoning }), ...(calls && { tool_calls: calls }) },
      },
    ],
    ...(usage && { usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens } }),
  };
}
