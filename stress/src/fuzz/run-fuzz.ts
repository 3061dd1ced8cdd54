import type { Claim, Report } from "../report.ts";
import { checkServer, type ServerProcess } from "../server-process.ts";
import { fuzzBytes } from "./fuzz-bytes.ts";
import { fuzzMessages, type Target } from "./fuzz-messages.ts";
import { runSchemathesis } from "./run-schemathesis.ts";

/** Amount and target of the fuzz. */
export interface FuzzOptions {
  server: ServerProcess;
  token: string;
  /** Of an environment that has schemathesis. */
  python: string;
  /** Folder for schemathesis. */
  folder: string;
  seed: number;
  /** For the REST routes. */
  seconds: number;
  /** Over WebSockets. */
  messages: number;
}

/** Sends nonsense to a server by every way in, looks whether it still serves, and stops it. */
export async function runFuzz({ server, token, python, folder, seed, seconds, messages }: FuzzOptions): Promise<Report> {
  const target = { url: server.url, token };
  const routes = await runSchemathesis(python, target, { seed, seconds, folder });
  const frames = await fuzzMessages(target, { seed: String(seed), count: messages });
  const bytes = await fuzzBytes(target, { seed: String(seed), count: Math.ceil(messages / 20) });
  const serves = await checkService(target);
  return {
    metrics: [
      ["what", `seed ${seed}, ${Math.round(performance.now() / 1000)} s`],
      ["REST", routes.metrics],
      ["messages", String(frames.sent)],
      ["answered", String(frames.answered)],
      ["bytes", String(bytes.sent)],
      ["answered", String(bytes.answered)],
    ],
    claims: [
      { claim: "REST requests are answered as the description says", faults: routes.faults },
      { claim: "every message over a WebSocket is answered, or ends its connection", faults: frames.faults },
      { claim: "bytes outside the WebSocket protocol end their connection", faults: bytes.faults },
      serves,
      ...(await checkServer(server, token)),
    ],
  };
}

/** Plays an episode. */
async function checkService({ url, token }: Target): Promise<Claim> {
  const ask = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) });
    return (await answer.json()) as { session_id?: string; done?: boolean };
  };
  const { session_id: id } = await ask("/v1/sessions", { domain: "mock", task_id: "create_with_title" });
  const { done } = await ask(`/v1/sessions/${id}/step`, { action: "done()" });
  return { claim: "the server still serves", faults: done === true ? [] : ["an episode did not come to its end"] };
}
