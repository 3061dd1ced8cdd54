import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pyJsonDumps } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import type { ScriptedReply } from "./scripted-model.ts";

/** A request as the server received it. */
export interface ModelServerRequest {
  method: string;
  /** Path and query, such as `/v1/chat/completions`. */
  path: string;
  headers: IncomingHttpHeaders;
  body: JsonObject;
}

/** A complete HTTP answer. A text body is sent unchanged, other bodies as JSON. */
export interface HttpReply {
  status: number;
  headers?: Record<string, string> | undefined;
  body?: unknown;
}

/** A broken answer: none at all (`hang`), a reset connection (`reset`), one that breaks in the middle (`cut`), or one without an end (`stall`). */
export interface BrokenReply {
  fault: "hang" | "reset" | "cut" | "stall";
}

/** Answer of the server: a completion in short, a complete HTTP answer, or a broken one. */
export type ModelServerReply = ScriptedReply | HttpReply | BrokenReply;

/** Returns the answer to the n-th request, counted from 0. */
export type ModelServerHandler = (request: ModelServerRequest, n: number) => ModelServerReply | Promise<ModelServerReply>;

/** A running HTTP server that replaces a model's endpoint. */
export interface ModelServer extends AsyncDisposable {
  /** Value for `baseUrl`: `http://127.0.0.1:PORT/v1`. */
  readonly baseUrl: string;
  /** All requests so far, oldest first. */
  readonly requests: readonly ModelServerRequest[];
  close(): Promise<void>;
}

/**
 * Starts an HTTP server on a free port of 127.0.0.1. It answers chat completions from a list, one reply per request, or with a function.
 * A request beyond the list gets status 400, which clients do not retry.
 * @example
 * ```ts
 * import { openAiModel } from "@tau2/user-sim";
 * import { startModelServer } from "@tau2/user-sim/testing";
 *
 * await using server = await startModelServer(["Hello!", { status: 429, headers: { "retry-after": "1" } }, { fault: "hang" }]);
 * const model = openAiModel({ model: "test", baseUrl: server.baseUrl });
 * ```
 */
export async function startModelServer(replies: readonly ModelServerReply[] | ModelServerHandler): Promise<ModelServer> {
  const requests: ModelServerRequest[] = [];
  const getReply = async (request: ModelServerRequest, n: number): Promise<ModelServerReply> => {
    if (typeof replies === "function") return replies(request, n);
    return (
      replies[n] ?? { status: 400, body: { error: { message: `unexpected request ${n + 1}: the server has ${replies.length} replies` } } }
    );
  };
  const server = createServer((incoming, response) => {
    void receive(incoming)
      .then(async (request) => send(response, await getReply(request, requests.push(request) - 1), request))
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
  if (typeof reply === "object" && "fault" in reply) return sendBroken(response, reply);
  if (typeof reply === "object" && "status" in reply) {
    const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? null);
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers }).end(text);
    return;
  }
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(toCompletion(reply, request)));
}

function sendBroken(response: ServerResponse, { fault }: BrokenReply): void {
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

function toCompletion(reply: ScriptedReply, request: ModelServerRequest | null): JsonObject {
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
