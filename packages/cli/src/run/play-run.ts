import { isTau2Error, Tau2Error } from "@tau2/domains";
import { runSimulations, type Results, type RunOutcome } from "@tau2/orchestrator";
import { listenForInterruption } from "../interruption.ts";
import type { CliIo } from "../io.ts";
import type { Progress } from "../ui/progress-for.ts";
import type { OpenedRun } from "./open-run.ts";

/**
 * Plays what is left of a run and stores it, until it is done or the person asks to stop.
 * @throws Tau2Error `storage` when something cannot be stored; what was finished before is on the disk
 */
export async function playRun(
  { prepared, store, tape }: OpenedRun,
  progress: Progress,
  io: CliIo,
): Promise<{ outcome: RunOutcome; results: Results }> {
  const { signal, release } = listenForInterruption(io, progress.note);
  try {
    const outcome = await runSimulations({
      ...prepared.options,
      store: {
        ...store,
        async saveConversation(simulation) {
          await store.saveConversation(simulation);
          tape.throwIfBroken();
        },
      },
      signal,
      onEvent: (event) => progress.event(event),
    });
    await tape.close();
    return { outcome, results: await store.close() };
  } catch (thrown) {
    await tape.close().catch(() => undefined);
    await store.close().catch(() => undefined);
    throw withWayOn(thrown, prepared.name);
  } finally {
    release();
    progress.stop();
  }
}

function withWayOn(thrown: unknown, name: string): unknown {
  if (!isTau2Error(thrown, "storage")) return thrown;
  return new Tau2Error("storage", `${thrown.message}.\nWhen there is room again, resume it with: tau2 run --resume --save-to ${name}`, {
    cause: thrown,
  });
}
