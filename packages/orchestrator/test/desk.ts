import {
  defineDomain,
  createEnvironmentConfig,
  parseInlineData,
  taskSchema,
  ToolError,
  createToolFactory,
  type AssistantMessage,
  type EnvironmentConfig,
  type Message,
  type Requestor,
  type Task,
  type TaskInput,
  type ToolCall,
  type ToolMessage,
  type UserMessage,
} from "@tau2/domains";
import { z } from "zod";

/** A desk with a lamp, and a customer with a bell: a domain with everything, small enough to read in one go. */
interface Desk {
  lit: boolean;
}
interface Bell {
  rings: number;
}

const deskTool = createToolFactory<Desk>();
const none = z.strictObject({});

export const desk = defineDomain<Desk, Bell>({
  name: "desk",
  solo: true,
  agent: {
    database: z.strictObject({ lit: z.boolean() }),
    tools: [
      deskTool({
        name: "switch_lamp",
        kind: "write",
        description: "Switch the lamp.",
        parameters: z.strictObject({ on: z.boolean() }),
        result: z.string(),
        run({ db }, { on }) {
          if (db.lit === on) throw new ToolError(`The lamp is ${on ? "on" : "off"} already`);
          db.lit = on;
          return on ? "The lamp is on" : "The lamp is off";
        },
      }),
      deskTool({
        name: "look",
        kind: "read",
        description: "Look at the lamp.",
        parameters: none,
        result: z.string(),
        run: ({ db }) => (db.lit ? "on" : "off"),
      }),
    ],
  },
  user: {
    database: z.strictObject({ rings: z.int() }),
    tools: [
      createToolFactory<Bell>()({
        name: "ring_bell",
        kind: "write",
        description: "Ring the bell.",
        parameters: none,
        result: z.string(),
        run({ db }) {
          db.rings++;
          return "Ding";
        },
      }),
    ],
  },
  data: () => ({ db: { lit: false }, userDb: { rings: 0 }, policy: "Be kind to lamps.", soloPolicy: "Be kind to lamps, alone." }),
});

export const deskData = parseInlineData(desk, desk.data!());

export function deskSetup(options: { solo?: boolean } = {}): EnvironmentConfig {
  return createEnvironmentConfig(desk, deskData, options) as EnvironmentConfig;
}

/** A task of the desk; by default the lamp is to be switched on. */
export function deskTask(fields: Partial<TaskInput> = {}, criteria: Partial<z.input<typeof taskSchema>["evaluation_criteria"]> = {}): Task {
  return taskSchema.parse({
    id: "lamp",
    ticket: "The lamp is to be on.",
    user_scenario: { instructions: "You want the lamp to be on." },
    evaluation_criteria: { actions: [switchOn], ...criteria },
    ...fields,
  });
}

export const switchOn = { action_id: "on", name: "switch_lamp", arguments: { on: true } };
export const ringBell = { action_id: "ring", requestor: "user" as const, name: "ring_bell", arguments: {} };

export const agentSays = (content: string | null, tool_calls: ToolCall[] | null = null): AssistantMessage => ({
  role: "assistant",
  content,
  tool_calls,
  cost: 0,
});
export const userSays = (content: string | null, tool_calls: ToolCall[] | null = null): UserMessage => ({
  role: "user",
  content,
  tool_calls,
  cost: 0,
});
export const call = (name: string, args: ToolCall["arguments"] = {}, requestor: Requestor = "assistant", id = "1"): ToolCall => ({
  id,
  name,
  arguments: args,
  requestor,
});
export const answer = (content: string, requestor: Requestor = "assistant", id = "1"): ToolMessage => ({
  id,
  role: "tool",
  content,
  requestor,
  error: false,
});

/** Formats messages and calls, short enough to compare. */
export function lines(messages: readonly Message[]): string[] {
  return messages.map(({ role, content, ...rest }) => {
    const calls = "tool_calls" in rest && rest.tool_calls ? rest.tool_calls.map(({ name }) => `${name}()`).join(" ") : null;
    return [`${role}:`, content, calls].filter((part) => part !== null).join(" ");
  });
}
