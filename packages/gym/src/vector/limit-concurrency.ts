import { Tau2Error } from "@tau2/domains";
import type { Agent, AgentContext, AgentFactory } from "@tau2/orchestrator";
import type { ChatModel, UserSimulator } from "@tau2/user-sim";
import type { MaybePromise } from "../episode/episode.ts";
import { isModel, type AgentOption, type UserOption } from "../env/options.ts";

/** A FIFO semaphore. */
export interface Semaphore {
  /**
   * Runs work as soon as a slot is free, synchronously if possible. Work whose signal is aborted frees its slot, even if it ignores the
   * signal.
   * @throws the signal's reason if it is aborted while the work waits
   */
  run<T>(work: () => MaybePromise<T>, signal?: AbortSignal): MaybePromise<T>;
}

/** Creates a semaphore with `limit` slots. */
export function createSemaphore(limit: number): Semaphore {
  const waiting = new Set<() => void>();
  let free = limit;

  /** Passes the slot to the longest waiting work directly, so that other work cannot take it first. */
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
