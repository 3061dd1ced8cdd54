import { z } from "zod";

const call = z.object({ id: z.string().optional(), name: z.string(), arguments: z.record(z.string(), z.unknown()) });
const metadata = z.record(z.string(), z.unknown()).optional();

const action = z.union([
  z.object({ text: z.string().describe("text, or a call in tau2-bench's grammar, such as get_users()"), metadata }),
  z.object({ content: z.string().nullable().optional(), tool_calls: z.array(call).nullable().optional(), metadata }),
  z.object({ type: z.literal("call_tool"), tool_name: z.string(), arguments: z.record(z.string(), z.unknown()).optional(), metadata }),
  z.object({ type: z.literal("list_tools"), metadata }),
]);

const observation = z.looseObject({
  text: z.string().describe("the new messages as text"),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string().nullable() })).describe("the new messages"),
  terminated: z.boolean(),
  truncated: z.boolean(),
  termination_reason: z.string().nullable(),
  error: z.looseObject({ message: z.string() }).nullable().describe("a fault of another role than the learner; the reward is null then"),
});

const state = z.looseObject({ episode_id: z.string().nullable(), step_count: z.int().min(0) });

/** JSON schemas of what OpenEnv's clients send and get. */
export function getOpenEnvSchemas(): { action: object; observation: object; state: object } {
  return { action: z.toJSONSchema(action, { io: "input" }), observation: z.toJSONSchema(observation), state: z.toJSONSchema(state) };
}
