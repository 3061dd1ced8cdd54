import { Tau2Error } from "@tau2/domains";
import type { Agent, AgentContext, AgentFactory } from "@tau2/orchestrator";
import type { ChatModel, UserSimulator } from "@tau2/user-sim";
import { createSemaphore, type Semaphore } from "@tau2/user-sim/internal";
import { isModel, type AgentOption, type UserOption } from "../env/options.ts";

/** Counterpart of a learner. */
type Counterpart = UserOption | AgentOption;

/**
 * Returns the same user or agent, called by at most `limit` episodes at the same time. The timeout of a turn includes the waiting time.
 * @throws Tau2Error `invalid` if the limit is not an integer of at least 1
 */
export function limitConcurrency<C extends Counterpart>(counterpart: C, limit: number): C {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new Tau2Error("invalid", `maxConcurrency is ${limit}: it must be an integer of at least 1`);
  }
  return limitCounterpart(counterpart, createSemaphore(limit)) as C;
}

function limitCounterpart(counterpart: Counterpart, room: Semaphore): Counterpart {
  if (typeof counterpart === "function") {
    const make = counterpart as AgentFactory;
    return (context: AgentContext) => limitParticipant(make(context), room);
  }
  return isModel(counterpart) ? limitModel(counterpart, room) : limitParticipant(counterpart as Agent, room);
}

function limitModel(inner: ChatModel, room: Semaphore): ChatModel {
  return { name: inner.name, complete: async (request) => room.run(() => inner.complete(request), request.signal) };
}

function limitParticipant<P extends Agent | UserSimulator>(inner: P, room: Semaphore): P {
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
