import { Tau2Error } from "@tau2/domains";
import type { Agent, AgentContext, AgentFactory } from "@tau2/orchestrator";
import type { ChatModel, UserSimulator } from "@tau2/user-sim";
import type { MaybePromise } from "../env/maybe-promise.ts";
import { isModel, type AgentOption, type UserOption } from "../env/options.ts";

/** Lets only so many in at a time; the others wait in the order in which they came. */
export interface Semaphore {
  /**
   * Does some work as soon as there is room: at once where there is, and at once also where the work is done at once. Work whose signal is
   * aborted no longer takes up room, whether it heeds the signal or not.
   * @throws the signal's reason when it is aborted while the work waits
   */
  run<T>(work: () => MaybePromise<T>, signal?: AbortSignal): MaybePromise<T>;
}

/** A gate with room for `limit`. */
export function createSemaphore(limit: number): Semaphore {
  const waiting = new Set<() => void>();
  let free = limit;

  /** A place goes from hand to hand, so that nobody slips in before the one who waits. */
  function leave(): void {
    const [next] = waiting;
    if (next) next();
    else free++;
  }

  function inside<T>(work: () => MaybePromise<T>, signal: AbortSignal | undefined): MaybePromise<T> {
    let result: MaybePromise<T>;
    try {
      result = work();
    } catch (error) {
      leave();
      throw error;
    }
    if (result instanceof Promise) return leaving(result, signal);
    leave();
    return result;
  }

  function leaving<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    let gone = false;
    const once = () => {
      if (!gone) leave();
      gone = true;
    };
    signal?.addEventListener("abort", once, { once: true });
    return result.finally(() => {
      signal?.removeEventListener("abort", once);
      once();
    });
  }

  async function place(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        waiting.delete(enter);
        signal?.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.delete(enter);
        reject(signal?.reason as Error);
      };
      waiting.add(enter);
      signal?.addEventListener("abort", giveUp, { once: true });
    });
  }

  return {
    run(work, signal) {
      if (free === 0) return place(signal).then(() => inside(work, signal));
      free--;
      return inside(work, signal);
    },
  };
}

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
