import type { JsonObject } from "@tau2/domains";
import type { ClientResponse, ResponseBody } from "./client.ts";
import type { PlayedSession } from "./played-session.ts";

/** Status of a step in its response. */
type StepBody = Pick<ResponseBody, "error" | "reward" | "done" | "invalid_action">;

/** Calls that take any text, which is then in their arguments, in their answer and, for those that write, in the database. */
const calls: Readonly<Record<string, (tag: string) => { name: string; arguments: Record<string, string> }>> = {
  mock: (tag) => ({ name: "create_task", arguments: { user_id: "user_1", title: tag } }),
  airline: (tag) => ({ name: "get_user_details", arguments: { user_id: tag } }),
  retail: (tag) => ({ name: "find_user_id_by_email", arguments: { email: tag } }),
  telecom: (tag) => ({ name: "get_customer_by_id", arguments: { customer_id: tag } }),
};

/** A call with a tag, as a message. */
export function createCall(session: PlayedSession, tag: string): JsonObject {
  return { content: null, tool_calls: [{ id: tag, ...calls[session.domain]!(tag) }] };
}

/** The same in tau2-bench's grammar. */
export function formatCall(session: PlayedSession, tag: string): string {
  const { name, arguments: args } = calls[session.domain]!(tag);
  return `${name}(${Object.entries(args)
    .map(([key, value]) => `${key}='${value}'`)
    .join(", ")})`;
}

/** Words with a tag, for the user. */
export function createWords(tag: string): JsonObject {
  return { content: `${tag} How can I help you with this?` };
}

/** Takes a step, and records its outcome. An abandoned running step may prevent it. */
export async function takeStep(session: PlayedSession, action: unknown, tag: string, more: object = {}): Promise<ClientResponse> {
  const refusals = session.ledger.isCertain ? [] : [409];
  const answer = await session.ask("POST", "/step", { action, ...more }, [200, ...refusals]);
  if (answer.status === 200) await recordStep(session, answer.body, tag);
  if (answer.body.error?.code === "episode_over") session.over = true;
  return answer;
}

/** Writes down the answer of a step that was taken. After a fault of the user it is taken back, or the episode is left as it is. */
export async function recordStep(session: PlayedSession, body: StepBody, tag: string): Promise<void> {
  const {
    error,
    reward,
    done,
    invalid_action: invalid,
  } = body as { error: unknown; reward: unknown; done: boolean; invalid_action: unknown };
  session.context.did.add("steps taken");
  if ((error !== null) !== (reward === null)) session.complain(`a reward of ${String(reward)} beside ${JSON.stringify(error)}`);
  if (invalid === null) session.ledger.take(tag);
  session.over = done;
  if (error === null) return;
  session.context.did.add("faults of the user told");
  if (session.ledger.canRestore && session.random.chance(0.7)) await session.restore("previous");
}
