import { compareCodePoints } from "../../core/python.ts";
import type { Task } from "../../core/task/task.ts";
import { composeTask } from "./compose-task.ts";
import { type Intent, mms, mobileData, service } from "./intents.ts";
import { type Issue, issues } from "./issues.ts";
import { personaLevels } from "./texts.ts";
/** The complaints of the official tasks, in their order. */
export const intents: readonly Intent[] = [mobileData, service, mms];

/** Composes all tasks of the official set, in its order, with their official ids (docs/spec/telecom-tasks.md#t3). */
export function composeAll(): Task[] {
  return intents.flatMap(composeIntent);
}

function composeIntent(intent: Intent): Task[] {
  return (
    selections(intent)
      .toSorted((a, b) => a.length - b.length)
      .map((selection, i) => ({ intent, issues: selection, persona: personaLevels[i % personaLevels.length]! }))
      // Taken out only now: personas were dealt out with these tasks in place.
      .filter((composition) => !composition.issues.includes(issues.data_usage_exceeded_no_refuel))
      .map(composeTask)
  );
}

/** Every choice of at most one issue a group that the complaint accepts; the last group varies fastest, and "none" comes last. */
function selections({ groups, accepts }: Intent): Issue[][] {
  let chosen: Issue[][] = [[]];
  for (const group of groups) {
    const choices: Issue[][] = [...group.map((name) => [issues[name]]), []];
    chosen = chosen.flatMap((before) => choices.map((choice) => [...before, ...choice]));
  }
  return chosen.filter(accepts).map((selection) => selection.toSorted((a, b) => compareCodePoints(a.name, b.name)));
}
