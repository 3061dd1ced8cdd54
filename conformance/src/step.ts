import type { JsonObject, Requestor, ToolMessage } from "@tau2/domains";
import type { Difference } from "./outcome.ts";
import { differences } from "./compare.ts";

/** A recorded call with its answer. */
export interface Step {
  requestor: Requestor;
  name: string;
  arguments: JsonObject;
  content: string;
  error: boolean;
  /** Origin of a refusal. Only `raise` texts are tau2-bench's own. */
  origin?: "raise" | "binding" | "validation" | "runtime";
}

/** Finds the differences between an answer and the recorded one. Texts that are Python's own are not compared. */
export function stepDifferences(step: Step, answer: Pick<ToolMessage, "content" | "error">, path: string): Difference[] {
  const at = `${path} ${step.requestor} ${step.name}(${JSON.stringify(step.arguments)})`;
  const found = differences(step.error, answer.error, { path: `${at}: error` });
  const textIsOwn = !step.error || (step.origin ?? "raise") === "raise";
  if (found.length > 0 || textIsOwn) found.push(...differences(step.content, answer.content, { path: `${at}: content` }));
  return found;
}
