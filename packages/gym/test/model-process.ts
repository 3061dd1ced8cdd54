import { spawn } from "node:child_process";
import { once } from "node:events";

/** Endpoint of a model in another process, so that a test may block while it answers. */
export interface ModelProcess extends AsyncDisposable {
  /** For `user_base_url`. */
  readonly baseUrl: string;
  /** The bodies of all requests so far. */
  requests(): Promise<{ messages: { role: string; content: string }[]; model: string; [key: string]: unknown }[]>;
}

/** Starts an endpoint that returns the answers in order, then always the last one. A number is an HTTP status without an answer. */
export async function startModelProcess(...answers: (string | number)[]): Promise<ModelProcess> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", PROGRAM, JSON.stringify(answers)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const root = `http://127.0.0.1:${Number(line.toString())}`;
  return {
    baseUrl: `${root}/v1`,
    requests: async () => (await fetch(`${root}/requests`)).json() as never,
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, "exit");
    },
  };
}

const PROGRAM = `
  import { createServer } from "node:http";
  const answers = JSON.parse(process.argv.at(-1));
  const requests = [];
  const server = createServer(async (incoming, response) => {
    if (incoming.url === "/requests") return response.end(JSON.stringify(requests));
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(JSON.parse(Buffer.concat(chunks).toString()));
    if (typeof answer === "number") return response.writeHead(answer).end(JSON.stringify({ error: { message: "no" } }));
    const message = { role: "assistant", content: answer };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ choices: [{ index: 0, finish_reason: "stop", message }] }));
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;
