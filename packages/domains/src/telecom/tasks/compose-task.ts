import { compareCodePoints } from "../../core/python.ts";
import type { EnvironmentAssertion, EnvironmentCall, Task } from "../../core/task/task.ts";
import { carrier, phone, type Issue, type Step, issues as allIssues } from "./issues.ts";
import { type Goal, type Intent, intents } from "./intents.ts";
import { personas, type PersonaLevel, refuelGb, subject, subjectLine, personaLevels } from "./texts.ts";

/** Parts of a composed task. */
export interface Composition {
  intent: Intent;
  /** At least one, in any order. */
  issues: readonly Issue[];
  persona: PersonaLevel;
}

/** Composes a telecom task (docs/spec/telecom-tasks.md#t3). You can use your own issues and intents. */
export function composeTask({ intent, issues: chosen, persona }: Composition): Task {
  const sorted = chosen.toSorted((a, b) => compareCodePoints(a.name, b.name));
  const circumstances = { abroad: sorted.some(isAbroad) };
  const { texts } = intent;
  return {
    id: `[${intent.name}]${sorted.map(({ name }) => name).join("|")}[PERSONA:${persona}]`,
    description: { purpose: texts.purpose, relevant_policies: null, notes: null },
    user_scenario: {
      persona: personas[persona],
      instructions: {
        domain: "telecom",
        reason_for_call: texts.reasonForCall,
        known_info: texts.knownInfo(circumstances),
        unknown_info: null,
        task_instructions: texts.taskInstructions,
      },
    },
    ticket: texts.ticket(circumstances),
    initial_state: {
      initialization_data: null,
      initialization_actions: [introduction, ...sorted.flatMap(({ breaks }) => breaks)].map(toEnvironmentCall),
      message_history: null,
    },
    evaluation_criteria: composeCriteria(intent, sorted),
    issues: null,
    required_documents: null,
    user_tools: null,
  };
}

/** First step of every task: sets the user of the phone and the line in use. */
export const introduction = phone("set_user_info", { name: subject.name, phone_number: subject.phone });

function isAbroad({ breaks }: Issue): boolean {
  return breaks.some((step) => step.name === "set_user_location" && step.arguments["abroad"] === true);
}

function composeCriteria(intent: Intent, chosen: readonly Issue[]): Task["evaluation_criteria"] {
  const nothingElse = { communicate_info: null, nl_assertions: null };
  if (chosen.some(({ repairs }) => repairs === null)) {
    const summary = "I cannot fix the issue.";
    const transfer = {
      action_id: "transfer_to_human_agents",
      requestor: "assistant" as const,
      name: "transfer_to_human_agents",
      arguments: { summary },
      info: null,
      compare_args: [],
    };
    return {
      actions: [transfer],
      env_assertions: intent.goals.unrepairable.map(toAssertion),
      ...nothingElse,
      reward_basis: ["ENV_ASSERTION", "ACTION"],
    };
  }
  const steps = chosen.flatMap(({ repairs }) => repairs ?? []);
  const bought = steps.some(({ name }) => name === "refuel_data");
  const refuelled = carrier("assert_data_refueling_amount", { ...subjectLine, expected_amount: refuelGb });
  return {
    actions: steps.map((step, i) => ({
      action_id: `${step.name}_${i}`,
      requestor: step.side,
      name: step.name,
      arguments: { ...step.arguments },
      info: null,
      compare_args: null,
    })),
    env_assertions: [...intent.goals.repaired, ...(bought ? [refuelled] : [])].map(toAssertion),
    ...nothingElse,
    reward_basis: ["ENV_ASSERTION"],
  };
}

function toEnvironmentCall({ side, name, arguments: args }: Step): EnvironmentCall {
  return { env_type: side, func_name: name, arguments: { ...args } };
}

/** Converts a goal into an assertion of a task. */
export function toAssertion(goal: Goal): EnvironmentAssertion {
  return { ...toEnvironmentCall(goal), assert_value: true, message: goal.message ?? null };
}

/** Composes all tasks of the official set, in its order, with their official ids (docs/spec/telecom-tasks.md#t3). */
export function composeAll(): Task[] {
  return Object.values(intents).flatMap(composeIntent);
}

function composeIntent(intent: Intent): Task[] {
  return (
    listSelections(intent)
      .toSorted((a, b) => a.length - b.length)
      .map((selection, i) => ({ intent, issues: selection, persona: personaLevels[i % personaLevels.length]! }))
      // Removed only after the personas are assigned, since the official assignment counts these tasks.
      .filter((composition) => !composition.issues.includes(allIssues.data_usage_exceeded_no_refuel))
      .map(composeTask)
  );
}

/** Lists the selections of at most one issue per group that the intent accepts. The last group varies fastest, and "no issue" comes last. */
function listSelections({ groups, accepts }: Intent): Issue[][] {
  let chosen: Issue[][] = [[]];
  for (const group of groups) {
    const choices: Issue[][] = [...group.map((name) => [allIssues[name]]), []];
    chosen = chosen.flatMap((before) => choices.map((choice) => [...before, ...choice]));
  }
  return chosen.filter(accepts).map((selection) => selection.toSorted((a, b) => compareCodePoints(a.name, b.name)));
}

// Positions in the full set. The official split is random, so it can only be copied (docs/spec/telecom-tasks.md#t5).
const trainPositions = [
  2284, 2281, 2276, 2238, 2283, 2256, 2228, 2209, 1088, 1615, 2102, 712, 1582, 660, 373, 2178, 1905, 1508, 1850, 1408, 343, 337, 948, 1274,
  788, 452, 837, 465, 330, 432, 496, 329, 431, 13, 253, 252, 242, 235, 236, 197, 238, 195, 117, 208, 134, 43, 11, 8, 176, 175, 83, 73, 227,
  103, 18, 81, 34, 89, 37, 20, 262, 294, 278, 299, 293, 275, 291, 274, 276, 260, 297, 286, 271, 270,
];
const testPositions = [
  2089, 2279, 2280, 1619, 1129, 1983, 380, 312, 658, 2148, 353, 531, 463, 1953, 333, 322, 251, 136, 183, 47, 248, 230, 93, 171, 17, 296,
  300, 295, 290, 281, 292, 261, 279, 263, 289, 298, 269, 288, 268, 267,
];

/** Returns the official splits: ids of tasks by split (docs/spec/telecom-tasks.md#t5). */
export function composeSplits(tasks: readonly Task[]): Record<string, readonly string[]> {
  const getIds = (positions: readonly number[]) => positions.map((position) => tasks[position]!.id);
  const isSmall = ({ id }: Task) => !id.includes("|");
  return {
    small: tasks.filter(isSmall).map(({ id }) => id),
    train: getIds(trainPositions),
    test: getIds(testPositions),
    full: tasks.map(({ id }) => id),
    base: [...getIds(trainPositions), ...getIds(testPositions)],
  };
}
