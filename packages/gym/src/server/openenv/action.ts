import { z } from "@hono/zod-openapi";
import type { Action } from "../../action/action.ts";
import { parseAction, expectedActionSchema, jsonObject } from "../wire/request-schemas.ts";
const metadata = jsonObject.optional();

const listTools = z.strictObject({ type: z.literal("list_tools"), metadata });
const callTool = z.strictObject({ type: z.literal("call_tool"), tool_name: z.string(), arguments: jsonObject.optional(), metadata });
const text = z.strictObject({ text: z.string(), metadata });
const wrapped = z.strictObject({ action: z.string(), metadata });

/** Action of an OpenEnv client. */
export const openEnvActionSchema = z
  .union(
    [listTools, callTool, text, wrapped, expectedActionSchema],
    'an action is { "text": … }, { "content": …, "tool_calls": … }, { "type": "call_tool", "tool_name": …, "arguments": … } or { "type": "list_tools" }',
  )
  .openapi("OpenEnvAction");

/** An action as it came. */
export type OpenEnvAction = z.output<typeof openEnvActionSchema>;

/** Intent of an action: the list of tools, or a step; a step of a single tool has a response form of its own. */
export type Intent = { kind: "tools" } | { kind: "step"; tool: string | null; action: Action | { invalid: string } };

/** The tool by which clients that only call tools talk with the user. */
export const RESPOND_USER = "respond_user";

/** Returns the intent of an action. */
export function parseIntent(action: OpenEnvAction): Intent {
  if (typeof action === "string") return { kind: "step", tool: null, action };
  if ("type" in action && action.type === "list_tools") return { kind: "tools" };
  if ("type" in action && action.type === "call_tool") {
    const { tool_name, arguments: args = {} } = action as z.output<typeof callTool>;
    return { kind: "step", tool: tool_name, action: toToolAction(tool_name, args) };
  }
  if ("text" in action && typeof action.text === "string") return { kind: "step", tool: null, action: action.text };
  if ("action" in action && typeof action.action === "string") return { kind: "step", tool: null, action: action.action };
  return { kind: "step", tool: null, action: parseAction(action) };
}

/** The step that a tool call means. */
export function toToolAction(name: string, args: Record<string, unknown>): Action | { invalid: string } {
  if (name !== RESPOND_USER) return { tool_calls: [{ name, arguments: args as never }] };
  const { text: words } = args;
  return typeof words === "string" ? { content: words } : { invalid: `${RESPOND_USER} takes { "text": words for the user }` };
}
