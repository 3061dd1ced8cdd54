import type { JsonObject } from "@tau2/domains";
import { pyJsonDumps } from "@tau2/domains/internal";
import { formatJsonLiteral, readJsonLiteral, toJson, formatLiteral, type Literal } from "../action/literal.ts";
import { type ActionFromLLM, pyStrip } from "./messages.ts";

/** Marks around a call in a model's text. */
export interface CallMarks {
  open: string;
  close: string;
}

const usualMarks: CallMarks = { open: "<tool_call>", close: "</tool_call>" };

/** Name of a call that cannot be parsed. Environments do not have such a tool. */
export const INVALID_TOOL_CALL = "invalid_tool_call";

/**
 * Parses the actions in a model's text (docs/spec/act-prm.md#10): a message with the text before the first call, and the last call between
 * `<tool_call>` and `</tool_call>`.
 * A text that is a call without marks is both. A call that cannot be parsed becomes one of `invalid_tool_call`, so that the model receives
 * an error.
 *
 * Unlike in act-prm, an empty object of arguments stays empty, and JSON other than an object is a call that cannot be parsed.
 */
export function getActions(text: string, { open, close }: CallMarks = usualMarks): ActionFromLLM[] {
  const first = text.indexOf(open);
  const lead = pyStrip(first === -1 ? text : text.slice(0, first));
  const said = lead !== "" || first === -1 ? [createMessage(lead)] : [];
  const last = first === -1 ? text : text.slice(text.lastIndexOf(open) + open.length);
  const call = readCall(last.split(close, 1)[0]!);
  if (call) return [...said, call];
  return first === -1 ? said : [...said, createInvalidCall(pyStrip(last) === "" ? pyStrip(text) : cutAtClose(last, close))];
}

function cutAtClose(text: string, close: string): string {
  return pyStrip(pyStrip(text).split(close, 1)[0]!);
}

function readCall(json: string): ActionFromLLM | null {
  const value = readJsonLiteral(json);
  if (value?.kind !== "dict") return null;
  const args = getField(value, "arguments");
  if (!args || isNull(args)) return null;
  return toFunctionCall(value, getField(value, "name"), args);
}

function toFunctionCall(value: Literal, name: Literal | undefined, args: Literal): ActionFromLLM | null {
  const whole = formatJsonLiteral(value);
  const fields = args.kind === "dict" ? (toJson(args) as JsonObject | undefined) : { arguments: formatJsonLiteral(args) };
  // A number that is too large for JavaScript, such as 1e999.
  if (!fields) return null;
  return { role: "assistant", type: "function_call", text: whole, call_id: null, name: toName(name, whole), arguments: fields };
}

/** Returns the name of a call. Without a name it is the call's own text, which is not the name of a tool. */
function toName(name: Literal | undefined, whole: string): string {
  if (!name || isNull(name)) return whole;
  return name.kind === "text" ? name.value : formatLiteral(name);
}

function createInvalidCall(text: string): ActionFromLLM {
  const [name, json] = [INVALID_TOOL_CALL, pyJsonDumps(text)];
  const whole = pyJsonDumps({ name, arguments: text });
  return { role: "assistant", type: "function_call", text: whole, call_id: null, name, arguments: { arguments: json } };
}

function createMessage(text: string): ActionFromLLM {
  return { role: "assistant", type: "message", text, call_id: null, name: null, arguments: null };
}

function getField(value: Literal & { kind: "dict" }, wanted: string): Literal | undefined {
  return value.entries.find(([key]) => key.kind === "text" && key.value === wanted)?.[1];
}

function isNull(literal: Literal): boolean {
  return literal.kind === "constant" && literal.value === null;
}
