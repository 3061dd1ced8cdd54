// The official client at work: with a server that it starts, and as two sessions of a server that listens.
import { strict as assert } from "node:assert";
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { loadEnvironment } from "@tau2/domains/data";
import { serveMcpHttp } from "@tau2/domains/mcp";
import { retail } from "@tau2/domains/retail";

const { db, policy } = loadEnvironment(retail);
const { order_id } = Object.values(db.orders).find(({ status }) => status === "pending");
const mistake = { order_id, reason: "ordered by mistake" };
const cancel = { name: "cancel_pending_order", arguments: mistake };

async function connect(transport) {
  const client = new Client({ name: "example", version: "1.0.0" });
  await client.connect(transport);
  return client;
}

async function statusSeenBy(client) {
  const { content } = await client.callTool({ name: "get_order_details", arguments: { order_id } });
  return JSON.parse(content[0].text).status;
}

const started = await connect(
  new StdioClientTransport({ command: process.execPath, args: [fileURLToPath(new URL("server.mjs", import.meta.url))] }),
);
const { tools } = await started.listTools();
assert.equal(tools.length, retail.agent.tools.length);
assert.deepEqual(
  tools.filter(({ annotations }) => annotations.readOnlyHint === false).map(({ name }) => name),
  retail.agent.tools.filter(({ kind }) => kind === "write").map(({ name }) => name),
);
const { contents } = await started.readResource({ uri: "tau2://retail/policy" });
assert.equal(contents[0].text, policy);
assert.equal((await started.callTool(cancel)).isError, false);
assert.equal((await started.callTool(cancel)).isError, true);
await started.close();
console.log(`stdio: ${tools.length} tools, the policy, ${order_id} cancelled once`);

const server = await serveMcpHttp(() => loadEnvironment(retail));
const [one, other] = await Promise.all([1, 2].map(() => connect(new StreamableHTTPClientTransport(new URL(server.url)))));
await one.callTool(cancel);
assert.deepEqual([await statusSeenBy(one), await statusSeenBy(other)], ["cancelled", "pending"]);
assert.equal(server.sessions, 2);
await Promise.all([one.close(), other.close()]);
await server.close();
console.log("HTTP: two sessions, two databases");
