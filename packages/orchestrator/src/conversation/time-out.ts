import { Tau2Error } from "@tau2/domains";
import type { Conversation } from "./conversation.ts";

/**
 * The conversation, ended because its time is up while somebody still thinks: what they would have said is not waited for.
 * @throws Tau2Error `protocol` when it is over already
 */
export function endWithTimeout(conversation: Conversation): Conversation {
  if (conversation.ended) throw new Tau2Error("protocol", `Simulation is done (${conversation.ended})`);
  return { ...conversation, ended: "timeout" };
}
