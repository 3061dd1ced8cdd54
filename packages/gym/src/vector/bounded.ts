import { Tau2Error } from "@tau2/domains";
import type { Agent, AgentContext, AgentFactory } from "@tau2/orchestrator";
import type { ChatModel, UserSimulator } from "@tau2/user-sim";
import { isModel, type AgentOption, type UserOption } from "../env/options.ts";
import { createSemaphore, type Semaphore } from "./gate.ts";

/** Whoever may play the other side of an episode. */
type Counterpart = UserOption | AgentOption;

/**
 * The same user or agent, asked by at most `limit` episodes at a time, all episodes together; the others wait their turn. The time that a
 * turn may take includes the waiting.
 * @throws Tau2Error `invalid` when the limit is not a whole number of at least 1
 */
export function limitConcurrency<C extends Counterpart>(counterpart: C, limit: number): C {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new Tau2Error("invalid", `a limit of ${limit} conversations at a time: it must be a whole number of at least 1`);
  }
  return within(counterpart, createSemaphore(limit)) as C;
}

function within(counterpart: Counterpart, room: Semaphore): Counterpart {
  if (typeof counterpart === "function") {
    const make = counterpart as AgentFactory;
    return (context: AgentContext) => participant(make(context), room);
  }
  return isModel(counterpart) ? model(counterpart, room) : participant(counterpart as Agent, room);
}

function model(inner: ChatModel, room: Semaphore): ChatModel {
  return { name: inner.name, complete: async (request) => room.run(() => inner.complete(request), request.signal) };
}

function participant<P extends Agent | UserSimulator>(inner: P, room: Semaphore): P {
  const { implementation, model: modelName } = inner;
  return {
    implementation,
    model: modelName,
    respond: (turn: Parameters<Agent["respond"]>[0]) => room.run(() => (inner as Agent).respond(turn), turn.signal),
    ...("isStop" in inner && inner.isStop
      ? { isStop: (message: Parameters<NonNullable<Agent["isStop"]>>[0]) => inner.isStop!(message) }
      : {}),
  } as unknown as P;
}
