import { executeToolCall, createBaseState, type EnvironmentConfig, getTools } from "../core/environment/execute-tool-call.ts";
import { isRecord } from "../core/json/json.ts";
import type { Requestor } from "../core/task/message.ts";
import { type Tool, toToolDeclaration } from "../core/tool/tool.ts";
import { check, type ContractCase } from "./contract-case.ts";

/** Creates the rules for tools: each is described to models, and refuses wrong arguments without changing the state. */
export function createToolCases(config: EnvironmentConfig): ContractCase[] {
  const { domain } = config;
  return (["assistant", "user"] as const)
    .flatMap((requestor) => getTools(config, requestor).flatMap((tool) => createCasesOfTool(config, requestor, tool)))
    .concat([
      {
        name: `${domain.name}: an unknown tool is refused`,
        run() {
          const state = createBaseState(config);
          const { state: after, message } = executeToolCall(config, state, {
            id: "c",
            name: "no_such_tool",
            arguments: {},
            requestor: "assistant",
          });
          check(message.error && message.content === "Error: Tool 'no_such_tool' not found.", `got: ${message.content}`);
          check(after === state, "the state changed");
        },
      },
    ]);
}

function createCasesOfTool(config: EnvironmentConfig, requestor: Requestor, tool: Tool): ContractCase[] {
  return [
    {
      name: `${config.domain.name}: ${tool.name} has a description, and so has each parameter`,
      run() {
        const { description, parameters } = toToolDeclaration(tool).function;
        check(description.trim() !== "", "the description is empty");
        check(
          parameters["additionalProperties"] === false,
          "parameters must be a z.strictObject; otherwise unknown arguments are dropped silently",
        );
        for (const [name, schema] of Object.entries(isRecord(parameters["properties"]) ? parameters["properties"] : {})) {
          check(isRecord(schema) && typeof schema["description"] === "string", `the description of parameter '${name}' is missing`);
        }
      },
    },
    {
      name: `${config.domain.name}: ${tool.name} refuses an unknown argument without changing the state`,
      run() {
        const state = createBaseState(config);
        const { state: after, message } = executeToolCall(config, state, {
          id: "c",
          name: tool.name,
          arguments: { no_such_argument: 1 },
          requestor,
        });
        check(message.error, `the tool accepted it and answered: ${message.content}`);
        check(after.agent === state.agent && after.user === state.user, "the state changed");
      },
    },
  ];
}
