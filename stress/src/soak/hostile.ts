import { once } from "node:events";
import { connect } from "node:net";
import type { PlayedSession } from "./played-session.ts";

/** A request that no client should send, and what it must be answered. */
interface HostileRequest {
  method?: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  status: number;
}

const sessions = "/v1/sessions";

function createHostileRequests(id: string): Readonly<Record<string, HostileRequest>> {
  const own = `${sessions}/${id}`;
  const tooMany = Array.from({ length: 10_001 }, () => ({ session_id: id, action: "hello" }));
  return {
    "no JSON": { path: `${own}/step`, body: "{", status: 400 },
    nothing: { path: `${own}/step`, body: "", status: 400 },
    "depth without end": { path: `${own}/step`, body: "[".repeat(100_000), status: 400 },
    "a list": { path: sessions, body: [], status: 422 },
    null: { path: sessions, body: null, status: 422 },
    "wrong types": { path: `${own}/step`, body: { action: 7, request_id: {} }, status: 422 },
    "no action": { path: `${own}/step`, body: {}, status: 422 },
    "an unknown key": { path: `${own}/step`, body: { action: "hello", reward: 1 }, status: 422 },
    "a prototype": { path: sessions, body: '{"__proto__": {"mode": "solo"}, "constructor": 1}', status: 422 },
    "another type of content": { path: `${own}/step`, body: "action=1", headers: { "content-type": "text/plain" }, status: 415 },
    "another method": { method: "PUT", path: `${own}/step`, body: {}, status: 405 },
    "an unknown path": { path: `${own}/fly`, body: {}, status: 404 },
    "an unknown session": { path: `${sessions}/nobody/step`, body: { action: "hello" }, status: 404 },
    "a session of control characters": { path: `${sessions}/%00%0a%ff/step`, body: { action: "hello" }, status: 404 },
    "an unknown domain": { path: sessions, body: { domain: "../../etc/passwd" }, status: 404 },
    "an unknown task": { path: sessions, body: { domain: "mock", task_id: "\ud800\u0000" }, status: 404 },
    "an unknown place": { path: `${own}/restore`, body: { snapshot_id: "snapshot_999" }, status: 404 },
    "more forks than there is room for": { path: `${own}/fork`, body: { count: 10_000 }, status: 429 },
    "no forks": { path: `${own}/fork`, body: { count: 0 }, status: 422 },
    "more items than a batch has": { path: "/v1/steps", body: { items: tooMany }, status: 422 },
    "a query out of bounds": { method: "GET", path: "/v1/tasks?domain=mock&limit=-1", status: 422 },
    "a document of something else": { path: `${sessions}/import`, body: { format: "tau2.session", version: 1 }, status: 422 },
    "a page of another site": { path: sessions, body: {}, headers: { origin: "https://evil.example" }, status: 403 },
  };
}

/** Asks for something that no client should ask for. */
async function sendHostileRequest(session: PlayedSession): Promise<void> {
  const all = createHostileRequests(session.id);
  const name = session.random.pick(Object.keys(all));
  const { method = "POST", path, body, headers = {}, status } = all[name]!;
  const answer = await session.context.client.ask(method, path, body, { headers });
  const refusals = session.ledger.isCertain ? [status] : [status, 409];
  session.expect(answer, refusals, name);
  if (answer.status >= 400 && typeof answer.body.error?.code !== "string") session.complain(`${name} was refused without an error's code`);
}

/** Bytes, and the beginning of the response; nothing without a response. */
const connections: Readonly<Record<string, (id: string) => { sent: string; begins: string }>> = {
  "no HTTP": () => ({ sent: "\u0000\u0001 HTTP/9\r\n\r\n", begins: "HTTP/1.1 400" }),
  "another host": () => ({ sent: "GET /v1/sessions HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n", begins: "HTTP/1.1 403" }),
  "a body too large": (id) => ({ sent: `${createHead(id)}content-length: 1000000000\r\n\r\n{`, begins: "HTTP/1.1 413" }),
  "half a body": (id) => ({ sent: `${createHead(id)}content-length: 100\r\n\r\n{"action": "he`, begins: "" }),
  "half a head": (id) => ({ sent: createHead(id), begins: "" }),
};

function createHead(id: string): string {
  return `POST ${sessions}/${id}/step HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n`;
}

/** Sends malformed bytes, or half a request, and disconnects. */
async function sendHostileBytes(session: PlayedSession): Promise<void> {
  const name = session.random.pick(Object.keys(connections));
  const { sent, begins } = connections[name]!(session.id);
  const { hostname, port } = new URL(session.context.client.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(sent);
  if (begins !== "") {
    const [answer] = (await Promise.race([once(socket, "data"), once(socket, "close").then(() => [""])])) as [Buffer | string];
    if (!answer.toString().startsWith(begins)) session.complain(`${name} was answered ${JSON.stringify(answer.toString().slice(0, 100))}`);
  }
  socket.destroy();
}

/** Does something that no client should do: it is refused, and the episode stands where it stood. */
export async function sendHostile(session: PlayedSession): Promise<void> {
  await (session.random.chance(0.8) ? sendHostileRequest(session) : sendHostileBytes(session));
  session.context.did.add("hostile requests");
}
