// Both agents at work, each in a retail shop of its own. In place of a model there is a server on this machine that plays a script;
// with a model of yours it is `new OpenAI()` and nothing else changes.
import { strict as assert } from "node:assert";
import { loadEnvironment } from "@tau2/domains/data";
import { retail } from "@tau2/domains/retail";
import { startModelServer } from "@tau2/user-sim/testing";
import { OpenAI } from "openai";
import * as chat from "./chat-agent.mjs";
import * as responses from "./responses-agent.mjs";

const { db } = loadEnvironment(retail);
const order = Object.values(db.orders).find(({ status }) => status === "pending");
const cancel = { order_id: order.order_id, reason: "no longer needed" };
const request = `Please cancel my order ${order.order_id}, I do not need it any more.`;
const goodbye = "It is cancelled, and the money is on its way.";

/** @param {typeof chat.serveCustomer} serveCustomer @param {Parameters<typeof startModelServer>[0]} script */
async function check(serveCustomer, script) {
  const server = await startModelServer(script);
  const env = loadEnvironment(retail);
  try {
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: "none" });
    assert.equal(await serveCustomer({ client, model: "stand-in", env, request }), goodbye);
  } finally {
    await server.close();
  }
  assert.equal(env.db.orders[order.order_id].status, "cancelled");
  return server.requests.map(({ body }) => body);
}

const [, second, third] = await check(chat.serveCustomer, [
  { toolCalls: [{ id: "1", name: "cancel_pending_order", arguments: { order_id: order.order_id, reason: "no longer needed" } }] },
  { toolCalls: [{ id: "2", name: "cancel_pending_order", arguments: cancel }] },
  goodbye,
]);
assert.equal(second.tools.length, retail.agent.tools.length);
assert.equal(JSON.parse(second.messages.at(-1).content).status, "cancelled");
assert.match(third.messages.at(-1).content, /^Error: /);
console.log(`chat completions: ${order.order_id} is cancelled; a second time is refused: ${third.messages.at(-1).content}`);

const item = (output) => ({ status: 200, body: { id: "resp_1", object: "response", status: "completed", output } });
const [, last] = await check(responses.serveCustomer, [
  item([{ type: "function_call", id: "fc_1", call_id: "1", name: "cancel_pending_order", arguments: JSON.stringify(cancel) }]),
  item([{ type: "message", id: "msg_1", role: "assistant", content: [{ type: "output_text", text: goodbye, annotations: [] }] }]),
]);
assert.equal(JSON.parse(last.input.at(-1).output).status, "cancelled");
console.log("responses: the same, in a shop of its own");
