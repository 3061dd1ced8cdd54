import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { figure, type Figure } from "../figure.ts";
import { httpClient } from "../http-client.ts";
import { collect, medianOf, type Samples } from "../measure.ts";
import { startProgram } from "../program.ts";
import { socketClient } from "../socket-client.ts";
import type { Subject } from "../subject.ts";
import { batchSize } from "./batch.ts";

const cli = join(dirname(createRequire(import.meta.url).resolve("@tau2/cli/package.json")), "dist/main.js");

interface Session {
  session_id: string;
}

/** Times of the same operations through `tau2 serve` in a process of its own, on the loopback: what a client waits for, its reading included. */
export async function servedTimes(subjects: readonly Subject[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const dataDir of new Set(subjects.map((subject) => subject.dataDir))) {
    const own = subjects.filter((subject) => subject.dataDir === dataDir);
    const names = own.map(({ domain }) => domain.name).join(",");
    const dataOption = dataDir === null ? [] : ["--data", dataDir];
    const server = await startProgram(cli, ["serve", "--port", "0", "--domains", names, ...dataOption]);
    try {
      // The first to come would pay for the server's own warming up.
      await restTimes(server.url, own[0]!);
      for (const subject of own) figures.push(...(await restTimes(server.url, subject)), ...(await socketTimes(server.url, subject)));
    } finally {
      await server.close();
    }
  }
  return figures;
}

async function restTimes(url: string, { domain, data, task, read }: Subject): Promise<Figure[]> {
  const { ask, close } = httpClient(url);
  const choice = { domain: domain.name, task_id: task.id };
  const action = { tool_calls: [{ name: read.name, arguments: read.arguments }] };
  const end = ({ session_id }: Session) => ask("DELETE", `/v1/sessions/${session_id}`);

  const single = await collect(400, async (timed) => {
    const session = await timed("rest_reset", () => ask<Session>("POST", "/v1/sessions", choice));
    await timed("rest_step", () => ask("POST", `/v1/sessions/${session.session_id}/step`, { action }));
    const { sessions } = await timed("rest_fork", () =>
      ask<{ sessions: Session[] }>("POST", `/v1/sessions/${session.session_id}/fork`, {}),
    );
    for (const one of [session, ...sessions]) await end(one);
  });

  const sessions: Session[] = [];
  while (sessions.length < batchSize) sessions.push(await ask<Session>("POST", "/v1/sessions", choice));
  const items = sessions.map(({ session_id }) => ({ session_id, action }));
  // No more rounds than fit into an episode of the usual length.
  const batch = await collect(20, async (timed) => {
    const answer = await timed("rest_batch_step", () => ask<{ items: { error: unknown }[] }>("POST", "/v1/steps", { items }));
    const failed = answer.items.find(({ error }) => error !== null);
    if (failed) throw new Error(`a step of a batch failed: ${JSON.stringify(failed)}`);
  });
  await Promise.all(sessions.map(end));
  close();
  return [
    ...["rest_reset", "rest_step", "rest_fork"].map((name) => figure(name, domain.name, data, micros(single, name), "µs")),
    figure("rest_batch_step", domain.name, data, micros(batch, "rest_batch_step") / batchSize, "µs"),
  ];
}

async function socketTimes(url: string, { domain, data, task, read }: Subject): Promise<Figure[]> {
  const socket = await socketClient(url);
  const reset = { type: "reset", data: { domain: domain.name, task_id: task.id } };
  const step = { type: "step", data: { tool_calls: [{ name: read.name, arguments: read.arguments }] } };
  const samples = await collect(400, async (timed) => {
    await timed("ws_reset", () => socket.ask(reset));
    await timed("ws_step", () => socket.ask(step));
  });
  await socket.close();
  return ["ws_reset", "ws_step"].map((name) => figure(name, domain.name, data, micros(samples, name), "µs"));
}

function micros(samples: Samples, name: string): number {
  return 1000 * medianOf(samples, name);
}
