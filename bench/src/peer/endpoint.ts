import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A model endpoint on this machine that answers every request at once, with the same line. */
export interface Endpoint {
  readonly url: string;
  close(): void;
}

/** Starts an {@link Endpoint}. */
export async function instantEndpoint(): Promise<Endpoint> {
  const answer = JSON.stringify({
    id: "answer",
    object: "chat.completion",
    created: 0,
    model: "loopback",
    choices: [{ index: 0, message: { role: "assistant", content: "Please help me with it." }, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json" }).end(answer));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
