import type { ToolDeclaration } from "@tau2/domains";
import type { FlatTool } from "./messages.ts";

/** The name of the tool that carries words to the user. */
export const RESPOND_USER = "respond_user";

/** Words to the user as a call, so that whatever a model does is a call. */
const respondUser: FlatTool = {
  type: "function",
  name: RESPOND_USER,
  description: "Say something to the user. Use it for every answer, question and confirmation that is meant for them.",
  parameters: {
    type: "object",
    properties: { text: { type: "string", description: "What the user is to read." } },
    required: ["text"],
  },
};

/** The agent's tools as the training environment lists them, `respond_user` last (docs/spec/act-prm.md#4). */
export function flatTools(declarations: readonly ToolDeclaration[]): FlatTool[] {
  return [...declarations.map(({ type, function: declared }): FlatTool => ({ type, ...declared })), respondUser];
}
