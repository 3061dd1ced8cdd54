import { executeToolCall, createBaseState, type EnvironmentConfig, getTools } from "../core/environment/execute-tool-call.ts";
import { isRecord } from "../core/json/json.ts";
import type { Requestor } from "../core/task/message.ts";
import { type Tool, toToolDeclaration } from "../core/tool/tool.ts";
import { check, type ContractCase } from "./contract-case.ts";

/** What holds of every tool: it can be shown to a model, and refuses nonsense without a trace. */
export function createToolCases(setup: EnvironmentConfig): ContractCase[] {
  const { domain } = setup;
  return (["assistant", "user"] as const)
    .flatMap((requestor) => getTools(setup, requestor).flatMap((tool) => createCasesOfTool(setup, requestor, tool)))
    .concat([
      {
        name: `${domain.name}: an unknown tool is refused`,
        run() {
          const state = createBaseState(setup);
          const { state: after, message } = executeToolCall(setup, state, {
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

function createCasesOfTool(setup: EnvironmentConfig, requestor: Requestor, tool: Tool): ContractCase[] {
  return [
    {
      name: `${setup.domain.name}: ${tool.name} is described to models, with each of its parameters`,
      run() {
        const { description, parameters } = toToolDeclaration(tool).function;
        check(description.trim() !== "", "it has no description");
        check(
          parameters["additionalProperties"] === false,
          "its parameters are not a z.strictObject: unknown arguments would be dropped silently",
        );
        for (const [name, schema] of Object.entries(isRecord(parameters["properties"]) ? parameters["properties"] : {})) {
          check(isRecord(schema) && typeof schema["description"] === "string", `parameter '${name}' has no description`);
        }
      },
    },
    {
      name: `${setup.domain.name}: ${tool.name} refuses an unknown argument and changes nothing`,
      run() {
        const state = createBaseState(setup);
        const { state: after, message } = executeToolCall(setup, state, {
          id: "c",
          name: tool.name,
          arguments: { no_such_argument: 1 },
          requestor,
        });
        check(message.error, `it answered: ${message.content}`);
        check(after.agent === state.agent && after.user === state.user, "the state changed");
      },
    },
  ];
}
