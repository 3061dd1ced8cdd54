import { resolve } from "node:path";
import { createEnvironmentConfig, createBaseState, executeToolCall } from "@tau2/domains";
import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption, type OptionTable } from "../config/option.ts";
import { exitCodes } from "../errors.ts";
import { dataOption, domainWord } from "./shared.ts";

const options = {
  args: {
    group: "Options",
    kind: "object",
    placeholder: "JSON",
    brief: "the arguments as one JSON object; single ones go as --NAME VALUE",
  },
  as: {
    group: "Options",
    kind: "text",
    placeholder: "SIDE",
    choices: ["assistant", "user"],
    brief: "who calls: assistant or user",
    defaultText: "who has the tool",
  },
  state: { group: "Options", kind: "text", placeholder: "FILE", brief: "keep the databases in this file from call to call" },
  ...dataOption,
  ...jsonOption,
} as const satisfies OptionTable;

/** `tau2 tools call DOMAIN TOOL --NAME VALUE …` */
export const toolsCall = defineCommand({
  brief: "call a tool on the database",
  usage: "DOMAIN TOOL [--NAME VALUE]… [options]",
  about:
    "Prints what a model would be answered. The exit code is 1 when the tool refuses. Without --state each call begins with the untouched data.",
  options,
  positional: [domainWord, { placeholder: "tool", brief: "the tool's name" }],
  more: true,
  examples: [
    ["tau2 tools call mock create_task --user_id user_1 --title Milk", "single arguments"],
    [
      'tau2 tools call mock create_task --args \'{"user_id":"user_1","title":"Milk"}\' --state mock.json',
      "as JSON, and the databases are kept",
    ],
  ],
  async work({ io, printer }, flags, domainName, toolName, ...words) {
    const { loadDomainWithData } = await import("../domain/load-domain-with-data.ts");
    const { readState, writeState } = await import("../domain/state-file.ts");
    const { findTool, getSide } = await import("../domain/find-tool.ts");
    const { parseToolArguments } = await import("../domain/tool-arguments.ts");

    const { domain, data } = await loadDomainWithData(io, domainName, flags.data);
    const { side, tool } = findTool(domain, toolName, getSide(options.as, flags.as));
    const args = { ...flags.args, ...parseToolArguments(tool, words) };
    const setup = createEnvironmentConfig(domain, data);
    const path = flags.state === undefined ? null : resolve(io.cwd, flags.state);
    const before = (path === null ? null : readState(path, setup)) ?? createBaseState(setup);
    const { state, message } = executeToolCall(setup, before, { id: "call_1", name: tool.name, arguments: args, requestor: side });
    if (path !== null) writeState(path, setup, state);
    if (flags.json) printer.json({ content: message.content, error: message.error });
    else printer.lines([message.content ?? ""]);
    return message.error ? exitCodes.failed : exitCodes.ok;
  },
});
