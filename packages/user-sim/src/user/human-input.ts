import { isRecord, type Json, type JsonObject, type ToolDeclaration } from "@tau2/domains";
import { OUT_OF_SCOPE, STOP, TRANSFER } from "./stop-tokens.ts";

/** What a human typed: words, a call of one of their tools, or something that cannot be understood. */
export type HumanInput = { say: string } | { call: { name: string; arguments: JsonObject } } | { problem: string };

const endings: Readonly<Record<string, string>> = { stop: STOP, transfer: TRANSFER, "out-of-scope": OUT_OF_SCOPE };

/**
 * Reads a line of a human's. `/stop`, `/transfer` and `/out-of-scope` end the conversation; `/toggle_data`, `/set_mode mode=4g roaming=true`
 * and `/set_mode {"mode": "4g"}` call a tool; `//` says something that begins with a slash; anything else is said as it is.
 */
export function parseHumanInput(line: string, tools: readonly ToolDeclaration[] | null): HumanInput {
  const text = line.trim();
  if (text === "") return { problem: "Say something, or hang up with /stop." };
  if (text.startsWith("//")) return { say: text.slice(1) };
  const command = /^\/(\S*)\s*(.*)$/s.exec(text);
  if (!command) return { say: text };
  const [, name = "", rest = ""] = command;
  if (Object.hasOwn(endings, name) && rest === "") return { say: endings[name] ?? STOP };
  const tool = tools?.find((offered) => offered.function.name === name);
  if (!tool) return { problem: `There is no /${name}. There is: ${getHumanCommands(tools).join(", ")}.` };
  const args = parseArguments(rest, tool);
  return args
    ? { call: { name, arguments: args } }
    : { problem: `Arguments are written /${name} key=value other="two words", or as a JSON object.` };
}

/** The commands that {@link parseHumanInput} understands, for a prompt or a help text. */
export function getHumanCommands(tools: readonly ToolDeclaration[] | null): string[] {
  return [...Object.keys(endings), ...(tools ?? []).map((tool) => tool.function.name)].map((name) => `/${name}`);
}

function parseArguments(text: string, tool: ToolDeclaration): JsonObject | null {
  if (text.startsWith("{")) {
    const value = parseJson(text);
    return isRecord(value) ? value : null;
  }
  const properties = tool.function.parameters["properties"];
  const args: JsonObject = {};
  const left = text.replace(/(\w+)=("(?:[^"\\]|\\.)*"|[^\s"]+)(?=\s|$)/g, (_, key: string, value: string) => {
    const declared = isRecord(properties) && isRecord(properties[key]) ? properties[key]["type"] : undefined;
    const parsed = declared === "string" && !value.startsWith('"') ? undefined : parseJson(value);
    args[key] = parsed === undefined ? value : parsed;
    return "";
  });
  return left.trim() === "" ? args : null;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
