import { compareCodePoints } from "../../core/python.ts";
import type { EnvironmentAssertion, EnvironmentCall, Task } from "../../core/task/task.ts";
import { carrier, phone, type Issue, type Step } from "./issues.ts";
import type { Goal, Intent } from "./intents.ts";
import { personas, type PersonaLevel, refuelGb, subject, subjectLine } from "./texts.ts";

/** Parts of a composed task. */
export interface Composition {
  intent: Intent;
  /** At least one, in any order. */
  issues: readonly Issue[];
  persona: PersonaLevel;
}

/** Composes a telecom task from its parts (docs/spec/telecom-tasks.md#t3). Your own issues can take the place of the domain's. */
export function composeTask({ intent, issues, persona }: Composition): Task {
  const sorted = issues.toSorted((a, b) => compareCodePoints(a.name, b.name));
  const at = { abroad: sorted.some(isAbroad) };
  const { texts } = intent;
  return {
    id: `[${intent.name}]${sorted.map(({ name }) => name).join("|")}[PERSONA:${persona}]`,
    description: { purpose: texts.purpose, relevant_policies: null, notes: null },
    user_scenario: {
      persona: personas[persona],
      instructions: {
        domain: "telecom",
        reason_for_call: texts.reasonForCall,
        known_info: texts.knownInfo(at),
        unknown_info: null,
        task_instructions: texts.taskInstructions,
      },
    },
    ticket: texts.ticket(at),
    initial_state: {
      initialization_data: null,
      initialization_actions: [introduction, ...sorted.flatMap(({ breaks }) => breaks)].map(call),
      message_history: null,
    },
    evaluation_criteria: criteria(intent, sorted),
    issues: null,
    required_documents: null,
    user_tools: null,
  };
}

/** The phone learns whose it is, and on which line. */
export const introduction = phone("set_user_info", { name: subject.name, phone_number: subject.phone });

function isAbroad({ breaks }: Issue): boolean {
  return breaks.some((step) => step.name === "set_user_location" && step.arguments["abroad"] === true);
}

function criteria(intent: Intent, issues: readonly Issue[]): Task["evaluation_criteria"] {
  const nothingElse = { communicate_info: null, nl_assertions: null };
  if (issues.some(({ repairs }) => repairs === null)) {
    const arguments_ = { summary: "I cannot fix the issue." };
    const transfer = {
      requestor: "assistant" as const,
      name: "transfer_to_human_agents",
      arguments: arguments_,
      info: null,
      compare_args: [],
    };
    return {
      actions: [{ action_id: "transfer_to_human_agents", ...transfer }],
      env_assertions: intent.goals.unrepairable.map(assertion),
      ...nothingElse,
      reward_basis: ["ENV_ASSERTION", "ACTION"],
    };
  }
  const steps = issues.flatMap(({ repairs }) => repairs ?? []);
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
    env_assertions: [...intent.goals.repaired, ...(bought ? [refuelled] : [])].map(assertion),
    ...nothingElse,
    reward_basis: ["ENV_ASSERTION"],
  };
}

function call({ side, name, arguments: args }: Step): EnvironmentCall {
  return { env_type: side, func_name: name, arguments: { ...args } };
}

/** A goal as tasks hold it. */
export function assertion(goal: Goal): EnvironmentAssertion {
  return { ...call(goal), assert_value: true, message: goal.message ?? null };
}
