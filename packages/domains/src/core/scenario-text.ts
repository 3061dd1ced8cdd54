import { pyStr } from "./python-text.ts";
import type { ExpectedAction, StructuredInstructions, UserScenario } from "./task.ts";

/** Texts made of a task's fields, byte for byte as the reference writes them into prompts (spec core 1.2). */

/** The scenario as it stands in the user's prompt. */
export function formatScenario({ persona, instructions }: UserScenario): string {
  const lines = persona === null ? [] : ["Persona:", indent(persona)];
  const body = typeof instructions === "string" ? instructions : instructionsText(instructions);
  return [...lines, "Instructions:", indent(body)].join("\n");
}

function instructionsText(instructions: StructuredInstructions): string {
  const lines = [`Domain: ${instructions.domain}`, "Reason for call:", indent(instructions.reason_for_call)];
  if (instructions.known_info !== null) lines.push("Known info:", indent(instructions.known_info));
  if (instructions.unknown_info !== null) lines.push("Unknown info:", indent(instructions.unknown_info));
  return [...lines, "Task instructions:", indent(instructions.task_instructions)].join("\n");
}

/** A call as `name(key=value, …)`, values by Python's `str`. */
export function formatExpectedAction(action: Pick<ExpectedAction, "name" | "arguments">): string {
  const parts = Object.entries(action.arguments).map(([key, value]) => `${key}=${pyStr(value)}`);
  return `${action.name}(${parts.join(", ")})`;
}

/** A tab before every line that is not blank. */
export function indent(text: string): string {
  return text.replace(/^(?=.*\S)/gm, "\t");
}
