import { resolve } from "node:path";
import { createEnvironmentConfig, createBaseState, executeToolCall } from "@tau2/domains";
import type { FlagsOf } from "../config/flags.ts";
import { exitCodes } from "../errors.ts";
import type { CliIo } from "../io.ts";
import { loadDomainWithData } from "../data/data-directory.ts";
import { findTool, getSide, parseToolArguments } from "./domain-tools.ts";
import { toolsCallOptions } from "./inspect-options.ts";
import { createOutput } from "./output.ts";
import { readState, writeState } from "./state-file.ts";
type Flags = FlagsOf<typeof toolsCallOptions> & { readonly json?: boolean };

/** `tau2 tools call DOMAIN TOOL --NAME VALUE …`: prints what a model would be answered; 1 when the tool refuses. */
export async function toolsCall(io: CliIo, flags: Flags, domainName: string, toolName: string, ...words: string[]): Promise<number> {
  const { domain, data } = await loadDomainWithData(io, domainName, flags.data);
  const { side, tool } = findTool(domain, toolName, getSide(toolsCallOptions.as, flags.as));
  const args = { ...flags.args, ...parseToolArguments(tool, words) };
  const setup = createEnvironmentConfig(domain, data);
  const path = flags.state === undefined ? null : resolve(io.cwd, flags.state);
  const before = (path === null ? null : readState(path, setup)) ?? createBaseState(setup);
  const { state, message } = executeToolCall(setup, before, { id: "call_1", name: tool.name, arguments: args, requestor: side });
  if (path !== null) writeState(path, setup, state);
  const result = createOutput(io);
  if (flags.json) result.json({ content: message.content, error: message.error });
  else result.lines([message.content ?? ""]);
  return message.error ? exitCodes.failed : exitCodes.ok;
}
