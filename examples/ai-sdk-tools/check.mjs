// The agent at work for an airline. In place of a model there is a server on this machine that plays a script; any other model of the
// AI SDK takes its place.
import { strict as assert } from "node:assert";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { airline } from "@tau2/domains/airline";
import { loadEnvironment } from "@tau2/domains/data";
import { startModelServer } from "@tau2/user-sim/testing";
import { customerService } from "./agent.mjs";

const env = loadEnvironment(airline);
const reservation = Object.values(env.db.reservations).find(({ status }) => status === null);
const call = (id, name) => ({ id, name, arguments: { reservation_id: reservation.reservation_id } });

const server = await startModelServer([
  { toolCalls: [call("1", "get_reservation_details"), call("2", "cancel_reservations")] },
  { toolCalls: [call("3", "cancel_reservation")] },
  "It is cancelled.",
]);
try {
  const model = createOpenAICompatible({ name: "stand-in", baseURL: server.baseUrl })("stand-in");
  const { text, steps } = await customerService({ model, env }).generate({ prompt: `Please cancel ${reservation.reservation_id}.` });
  assert.equal(text, "It is cancelled.");
  assert.equal(steps.length, 3);
} finally {
  await server.close();
}

assert.equal(env.db.reservations[reservation.reservation_id].status, "cancelled");
const told = server.requests
  .at(-1)
  .body.messages.filter(({ role }) => role === "tool")
  .map(({ content }) => content);
assert.equal(JSON.parse(told[0]).reservation_id, reservation.reservation_id);
assert.match(told[1], /cancel_reservations/);
assert.equal(JSON.parse(told[2]).status, "cancelled");
console.log(`AI SDK: ${reservation.reservation_id} is cancelled after ${told.length} calls, one of them of a tool that there is not`);
