import {
  type AssistantMessage,
  createEnvironmentConfig,
  type EnvironmentConfig,
  createInitialState,
  parseInlineData,
  type JsonObject,
  type Message,
  type Requestor,
  executeToolCall,
  type Task,
  type TaskInput,
  taskSchema,
  type UserMessage,
} from "@tau2/domains";
import { mock } from "@tau2/domains/mock";

/** A small world for tests: one user, two to-dos, one note on the user's device. */
export const toDos = parseInlineData(mock, {
  db: {
    tasks: {
      task_1: { task_id: "task_1", title: "Water the plants", status: "pending" },
      task_2: { task_id: "task_2", title: "Call the bank", status: "pending" },
    },
    users: { user_1: { user_id: "user_1", name: "Ada", tasks: ["task_1", "task_2"] } },
  },
  userDb: { notifications: { notif_1: { notification_id: "notif_1", message: "Plants are dry", task_id: "task_1" } } },
  policy: "Help with to-dos.",
});

export const setup: EnvironmentConfig = createEnvironmentConfig(mock, toDos) as EnvironmentConfig;
export const soloSetup: EnvironmentConfig = createEnvironmentConfig(mock, toDos, { solo: true }) as EnvironmentConfig;

/** A task with these criteria. */
export function task(criteria: NonNullable<TaskInput["evaluation_criteria"]> | null, more: Partial<TaskInput> = {}): Task {
  return taskSchema.parse({
    id: "chores",
    user_scenario: { instructions: "You want your chores done." },
    evaluation_criteria: criteria,
    ...more,
  });
}

/** One step of a solution. */
export function action(name: string, args: JsonObject, more: { requestor?: Requestor; compare_args?: string[] | null } = {}) {
  return { action_id: `${name}_1`, name, arguments: args, ...more };
}

export const says = (content: string): AssistantMessage => ({ role: "assistant", content, tool_calls: null });
export const asks = (content: string): UserMessage => ({ role: "user", content, tool_calls: null });

/** Something that happens in a conversation: words, or a call. */
export type Event = Message | { name: string; arguments: JsonObject; requestor?: Requestor };

/** A conversation in which these things happen, calls with the answers that the environment gives. */
export function conversation(
  events: readonly Event[],
  environment: EnvironmentConfig = setup,
  initial: Task["initial_state"] = null,
): Message[] {
  let state = createInitialState(environment, initial ?? {});
  return events.flatMap((event, i): Message[] => {
    if ("role" in event) return [event];
    const requestor = event.requestor ?? "assistant";
    const call = { id: `call_${i}`, name: event.name, arguments: event.arguments, requestor };
    const outcome = executeToolCall(environment, state, call);
    state = outcome.state;
    return [{ role: requestor, content: null, tool_calls: [call] }, outcome.message];
  });
}
