import { McpServer, type StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { Environment } from "../../core/environment/environment.ts";
import { getTools } from "../../core/environment/execute-tool-call.ts";
import type { JsonObject } from "../../core/json/json.ts";
import type { Requestor } from "../../core/task/message.ts";
import { type Tool, toParametersSchema } from "../../core/tool/tool.ts";

/** Options of {@link mcpServer}. */
export interface McpServerOptions {
  /** Side whose tools are offered. Default: `assistant`, the agent's. */
  requestor?: Requestor | undefined;
  /** Version that the server reports. Default: `1.0.0`. */
  version?: string | undefined;
}

/**
 * Creates an MCP server for one environment. Connect it to any transport of the SDK. It offers the tools of one side, and the policy as
 * the resource `tau2://DOMAIN/policy` and the prompt `policy`. A refused or malformed call is answered with `isError`.
 * @example
 * ```ts
 * import { InMemoryTransport } from "@modelcontextprotocol/server";
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { mcpServer } from "@tau2/domains/mcp";
 * import { retail } from "@tau2/domains/retail";
 *
 * const [transport] = InMemoryTransport.createLinkedPair();
 * await mcpServer(loadEnvironment(retail)).connect(transport);
 * ```
 */
export function mcpServer(env: Environment, { requestor = "assistant", version = "1.0.0" }: McpServerOptions = {}): McpServer {
  const { name } = env.config.domain;
  const policyUri = `tau2://${name}/policy`;
  const unchanging = { listChanged: false };
  const server = new McpServer(
    { name: `tau2-${name}`, version },
    {
      capabilities: { tools: unchanging, resources: unchanging, prompts: unchanging },
      instructions: `Customer-service tools of ${name}, on a database of this session. Read the policy first: the resource ${policyUri}, or the prompt 'policy'.`,
    },
  );
  for (const tool of getTools(env.config, requestor)) addTool(server, env, requestor, tool);
  const policy = { title: `Policy of ${name}`, description: "What the agent may and must do." };
  server.registerResource("policy", policyUri, { ...policy, mimeType: "text/markdown" }, ({ href }) => ({
    contents: [{ uri: href, mimeType: "text/markdown", text: env.policy }],
  }));
  server.registerPrompt("policy", policy, () => ({
    messages: [
      {
        role: "user",
        content: { type: "text", text: `Work as a customer-service agent under this policy.\n\n<policy>\n${env.policy}\n</policy>` },
      },
    ],
  }));
  return server;
}

function addTool(server: McpServer, env: Environment, requestor: Requestor, tool: Tool): void {
  const writes = tool.kind === "write";
  const config = {
    description: tool.description,
    inputSchema: inputSchema(tool),
    // Every write may overwrite records and move money. Tools do not reach beyond the session's database.
    annotations: { readOnlyHint: !writes, destructiveHint: writes, openWorldHint: false },
  };
  server.registerTool(tool.name, config, (args) => {
    const { content, error } = env.call(tool.name, args, requestor);
    return { content: [{ type: "text", text: content ?? "" }], isError: error };
  });
}

type ShownSchema = StandardSchemaWithJSON<JsonObject, JsonObject>;
const schemas = new WeakMap<Tool, ShownSchema>();

/** Returns a schema that does not validate: the environment answers wrong arguments with what would be right. */
function inputSchema(tool: Tool): ShownSchema {
  let schema = schemas.get(tool);
  if (!schema) {
    const shown = toParametersSchema(tool.parameters, "draft-2020-12");
    const jsonSchema = { input: () => shown, output: () => shown };
    schema = { "~standard": { version: 1, vendor: "tau2", validate: (value) => ({ value: value as JsonObject }), jsonSchema } };
    schemas.set(tool, schema);
  }
  return schema;
}
