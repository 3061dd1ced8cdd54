import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A model endpoint on this machine that answers every request with the same line. */
export interface ModelEndpoint {
  readonly url: string;
  close(): void;
}

/** Starts a {@link ModelEndpoint}, which takes so many milliseconds for each answer. */
export async function modelEndpoint(latencyMs = 0): Promise<ModelEndpoint> {
  const answer = JSON.stringify({
    id: "answer",
    object: "chat.completion",
    created: 0,
    model: "loopback",
    choices: [{ index: 0, message: { role: "assistant", content: "Please help me with it." }, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
  const server = createServer((request, response) => {
    const reply = () => response.writeHead(200, { "content-type": "application/json" }).end(answer);
    request.resume().on("end", () => (latencyMs === 0 ? reply() : setTimeout(reply, latencyMs)));
  });
  // Who asks must not find its connections closed between two rounds of requests.
  server.keepAliveTimeout = 60_000;
  // All connections may come at the same time.
  await once(server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
