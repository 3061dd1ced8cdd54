import { McpServer, type StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { Environment } from "../../core/environment/environment.ts";
import { getTools } from "../../core/environment/execute-tool-call.ts";
import type { JsonObject } from "../../core/json/json.ts";
import type { Requestor } from "../../core/task/message.ts";
import { type Tool, toParametersSchema } from "../../core/tool/tool.ts";

/** Options of {@link mcpServer}. */
export interface McpServerOptions {
  /** Whose tools are offered: the agent's unless given. */
  requestor?: Requestor;
  /** What the server says its version is; `1.0.0` unless given. */
  version?: string;
}

/**
 * An MCP server over one environment, to connect to any transport of the SDK: the tools of a side, and the policy as the resource
 * `tau2://DOMAIN/policy` and as the prompt `policy`. A refused or malformed call is answered with `isError` and the environment's text.
 */
export function mcpServer(env: Environment, { requestor = "assistant", version = "1.0.0" }: McpServerOptions = {}): McpServer {
  const { name } = env.config.domain;
  const policyUri = `tau2://${name}/policy`;
  const unchanging = { listChanged: false };
  const server = new McpServer(
    { name: `tau2-${name}`, version },
    {
      capabilities: { tools: unchanging, resources: unchanging, prompts: unchanging },
      instructions: `Customer-service tools of ${name}, on a database of this session's own. The policy they are used under is the resource ${policyUri}, also offered as the prompt 'policy': read it first.`,
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
    // A write overwrites records and moves money, also where it adds something. Nothing reaches beyond the session's database.
    annotations: { readOnlyHint: !writes, destructiveHint: writes, openWorldHint: false },
  };
  server.registerTool(tool.name, config, (args) => {
    const { content, error } = env.call(tool.name, args, requestor);
    return { content: [{ type: "text", text: content ?? "" }], isError: error };
  });
}

type ShownSchema = StandardSchemaWithJSON<JsonObject, JsonObject>;
const schemas = new WeakMap<Tool, ShownSchema>();

/** Shown, but not checked against: the environment's answers to wrong arguments say what would be right. */
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
