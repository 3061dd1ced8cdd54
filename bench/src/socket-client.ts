import { once } from "node:events";
import { WebSocket } from "ws";

/** One OpenEnv episode over a WebSocket. */
export interface SocketClient {
  /** Sends a message and waits for its answer. @throws Error with the answer, when it is an error */
  ask(frame: object): Promise<unknown>;
  close(): Promise<void>;
}

/** Connects to the `/ws` of a server. */
export async function socketClient(url: string): Promise<SocketClient> {
  const socket = new WebSocket(`${url.replace("http:", "ws:")}/ws`);
  await once(socket, "open");
  return {
    async ask(frame) {
      socket.send(JSON.stringify(frame));
      const [data] = (await once(socket, "message")) as [Buffer];
      const answer = JSON.parse(data.toString("utf8")) as { type: string };
      if (answer.type === "error") throw new Error(`the server answered a message with ${data.toString("utf8")}`);
      return answer;
    },
    async close() {
      socket.close();
      await once(socket, "close");
    },
  };
}
