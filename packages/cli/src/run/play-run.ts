import { openRun, type RunStore } from "@tau2/orchestrator/store";
import { runSimulations, type RunOutcome } from "@tau2/orchestrator";
import type { Results } from "@tau2/orchestrator/results";
import { planRun } from "@tau2/orchestrator/internal";
import type { Composed } from "../config/compose.ts";
import type { runOptions } from "../config/tables/run-options.ts";
import { type CliIo, listenForInterruption } from "../io.ts";
import type { RunToResume } from "./saved-config.ts";
import { isOffline } from "../config/endpoint.ts";
import { preflight } from "./preflight.ts";
import { prepareRun, type PreparedRun } from "./prepare.ts";
import { openModelRecorder, type ModelRecorder } from "./model-recorder.ts";
import { isTau2Error, Tau2Error } from "@tau2/domains";
import type { Progress } from "./progress.ts";

/** A run that is ready to be played: prepared, with a place for its results. */
export interface OpenedRun {
  readonly prepared: PreparedRun;
  readonly store: RunStore;
  readonly tape: ModelRecorder;
  /** Simulations that there is something to do about. */
  readonly remaining: number;
  /** Those that earlier sessions have done; null for a new run. */
  readonly done: number | null;
}

/**
 * Opens everything that a run needs, and asks its endpoints whether they are there: before anything is written, and not where nothing is
 * left to be played.
 * @throws what is wrong with the options, the data, the endpoints, or the place of the results
 */
export async function openPreparedRun(composed: Composed<typeof runOptions>, earlier: RunToResume | null, io: CliIo): Promise<OpenedRun> {
  const { values } = composed;
  const toRelease: (() => Promise<unknown>)[] = earlier ? [() => earlier.claim.release()] : [];
  try {
    let store: RunStore | null = null;
    const tape = await openModelRecorder(values, io.cwd, (role, request) => store?.noteRequest(role, request));
    toRelease.push(() => tape.close());
    const prepared = await prepareRun(composed, io, { started: new Date(), tape, earlier });
    if (!earlier && !isOffline(values)) await preflight(prepared.endpoints);
    const claim = earlier?.claim ?? (await openRun(prepared.path));
    toRelease.push(() => claim.release());
    const opened = await claim.begin(prepared.session);
    toRelease.push(() => opened.close());
    const units = planRun(prepared.options);
    const remaining = units.filter((unit) => !opened.isDone(unit)).length;
    if (earlier && remaining > 0 && !isOffline(values)) await preflight(prepared.endpoints);
    store = opened;
    return { prepared, store: opened, tape, remaining, done: claim.history && units.length - remaining };
  } catch (thrown) {
    for (const release of toRelease.toReversed()) await release().catch(() => undefined);
    throw thrown;
  }
}

/**
 * Plays what is left of a run and stores it, until it is done or the person asks to stop.
 * @throws Tau2Error `storage` when storing fails; finished simulations are on the disk
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
