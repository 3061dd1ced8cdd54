import { isRecord, Tau2Error, type JsonObject } from "@tau2/domains";
import { checkKeywords } from "./keywords.ts";

/** One thing that a model did in its turn. Only `function_call`, and `message` and `reasoning` at the end of a turn, have an effect. */
export interface ActionFromLLM {
  role: string;
  /** `function_call`, `message` or `reasoning`; others are passed over. */
  type: string;
  /** What it said; of a call read from text, the call as JSON. */
  text: string | null;
  call_id: string | null;
  name: string | null;
  arguments: JsonObject | null;
}

/** The same as a caller writes it: what is left out is null, and the role `assistant`. */
export type ActionInput = Pick<ActionFromLLM, "type"> & Partial<ActionFromLLM>;

const keys = ["role", "type", "text", "call_id", "name", "arguments"] as const;

/** Actions as a caller gives them, with nothing left out. @throws Tau2Error `invalid` naming the action and what is wrong with it */
export function readActions(actions: readonly ActionInput[]): ActionFromLLM[] {
  if (!Array.isArray(actions)) throw new Tau2Error("invalid", "parsed_actions is not a list; give a list of actions, which may be empty");
  return actions.map((action: ActionInput, i) => {
    const place = `parsed_actions[${i}]`;
    if (!isRecord(action)) throw new Tau2Error("invalid", `${place} is not an object with ${keys.join(", ")}`);
    checkKeywords(place, action, keys);
    const { role = "assistant", type, text = null, call_id = null, name = null, arguments: args = null } = action;
    for (const [key, value] of Object.entries({ role, type })) wantText(place, key, value);
    for (const [key, value] of Object.entries({ text, call_id, name })) if (value !== null) wantText(place, key, value);
    if (args !== null && !isRecord(args)) {
      throw new Tau2Error("invalid", `${place}.arguments is not an object; parse them first if they are JSON text`);
    }
    return { role, type, text, call_id, name, arguments: args };
  });
}

function wantText(place: string, key: string, value: unknown): void {
  if (typeof value !== "string") throw new Tau2Error("invalid", `${place}.${key} is ${value === undefined ? "missing" : "not text"}`);
}
