import { parseInlineData, type AssistantMessage, type DomainData, type TaskInput, type UserMessage } from "@tau2/domains";
import { mock } from "@tau2/domains/mock";
import type { Agent } from "@tau2/orchestrator";
import type { UserSimulator } from "@tau2/user-sim";
import { AgentEnv, type AgentEnvOptions } from "../src/env/agent-env.ts";
import { UserEnv, type UserEnvOptions } from "../src/env/user-env.ts";

const milk = { action_id: "a", name: "create_task", arguments: { user_id: "user_1", title: "Buy milk" } };
const scenario = { instructions: "You want to be reminded of the milk." };

const tasks: TaskInput[] = [
  { id: "milk", user_scenario: scenario, evaluation_criteria: { actions: [milk], reward_basis: ["DB"] } },
  {
    id: "note",
    user_scenario: scenario,
    evaluation_criteria: {
      actions: [{ action_id: "a", requestor: "user", name: "dismiss_notification", arguments: { notification_id: "n1" } }],
      reward_basis: ["DB"],
    },
  },
  {
    id: "polite",
    user_scenario: scenario,
    evaluation_criteria: { actions: [milk], nl_assertions: ["The agent was kind."], reward_basis: ["DB", "NL_ASSERTION"] },
  },
  {
    id: "resumed",
    user_scenario: scenario,
    initial_state: {
      message_history: [
        { role: "assistant", content: "Good morning." },
        { role: "user", content: "Who am I?" },
        { role: "assistant", tool_calls: [{ id: "h1", name: "get_users", arguments: {} }] },
        { role: "tool", id: "h1", content: '[{"user_id": "user_1", "name": "Ada", "tasks": ["task_1"]}]' },
      ],
    },
    evaluation_criteria: { actions: [milk], reward_basis: ["DB"] },
  },
];

/** One to-do, one note, and tasks about them. */
export const chores = parseInlineData(mock, {
  db: {
    tasks: { task_1: { task_id: "task_1", title: "Water the plants", status: "pending" } },
    users: { user_1: { user_id: "user_1", name: "Ada", tasks: ["task_1"] } },
  },
  userDb: { notifications: { n1: { notification_id: "n1", message: "The plants are dry" } } },
  policy: "Help with to-dos.",
  soloPolicy: "Do what the ticket says.",
  tasks,
}) as DomainData;

/** A user that says these lines one after the other, then hangs up. */
export function userSaying(...lines: (string | UserMessage["tool_calls"])[]): UserSimulator {
  return {
    implementation: "test_user",
    model: null,
    respond({ messages }) {
      const line = lines[messages.filter(({ role }) => role === "user").length] ?? "###STOP###";
      return { role: "user", content: typeof line === "string" ? line : null, tool_calls: typeof line === "string" ? null : line, cost: 0 };
    },
  };
}

/** An agent that says these lines one after the other, then always the same. */
export function agentSaying(...lines: (string | AssistantMessage["tool_calls"])[]): Agent {
  return {
    implementation: "test_agent",
    model: null,
    respond({ messages }) {
      const line = lines[messages.filter(({ role }) => role === "assistant").length - 1] ?? "Anything else?";
      return {
        role: "assistant",
        content: typeof line === "string" ? line : null,
        tool_calls: typeof line === "string" ? null : line,
        cost: 0,
      };
    },
  };
}

export function agentEnv(options: Partial<AgentEnvOptions> = {}): AgentEnv {
  return new AgentEnv({ domain: mock, data: chores, taskId: "milk", user: userSaying("Milk, please."), ...options });
}

export function userEnv(options: Partial<UserEnvOptions> = {}): UserEnv {
  return new UserEnv({ domain: mock, data: chores, taskId: "note", agent: agentSaying("Please look at your notes."), ...options });
}

/** The call that the task `milk` wants. */
export const buyMilk = "create_task(user_id='user_1', title='Buy milk')";
