import { strText } from "./python-text.ts";
import type { Action, StructuredInstructions, UserScenario } from "./task.ts";

/** Texts made of a task's fields, byte for byte as the reference writes them into prompts (spec core 1.2). */

/** The scenario as it stands in the user's prompt. */
export function scenarioText({ persona, instructions }: UserScenario): string {
  const lines = persona === null ? [] : ["Persona:", indented(persona)];
  const body = typeof instructions === "string" ? instructions : instructionsText(instructions);
  return [...lines, "Instructions:", indented(body)].join("\n");
}

function instructionsText(instructions: StructuredInstructions): string {
  const lines = [`Domain: ${instructions.domain}`, "Reason for call:", indented(instructions.reason_for_call)];
  if (instructions.known_info !== null) lines.push("Known info:", indented(instructions.known_info));
  if (instructions.unknown_info !== null) lines.push("Unknown info:", indented(instructions.unknown_info));
  return [...lines, "Task instructions:", indented(instructions.task_instructions)].join("\n");
}

/** A call as `name(key=value, …)`, values by Python's `str`. */
export function actionText(action: Pick<Action, "name" | "arguments">): string {
  const parts = Object.entries(action.arguments).map(([key, value]) => `${key}=${strText(value)}`);
  return `${action.name}(${parts.join(", ")})`;
}

/** A tab before every line that is not blank. */
export function indented(text: string): string {
  return text.replace(/^(?=.*\S)/gm, "\t");
}
