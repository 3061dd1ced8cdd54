import { claimRun, type RunStore } from "@tau2/orchestrator";
import { planRun } from "@tau2/orchestrator/internal";
import type { Composed } from "../config/compose.ts";
import type { runOptions } from "../config/run-options.ts";
import type { CliIo } from "../io.ts";
import type { EarlierRun } from "./earlier-run.ts";
import { isOffline } from "./endpoint.ts";
import { preflight } from "./preflight.ts";
import { prepareRun, type PreparedRun } from "./prepare.ts";
import { openTape, type Tape } from "./tape.ts";

/** A run that is ready to be played: prepared, and with a place to put what comes of it. */
export interface OpenedRun {
  readonly prepared: PreparedRun;
  readonly store: RunStore;
  readonly tape: Tape;
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
export async function openRun(composed: Composed<typeof runOptions>, earlier: EarlierRun | null, io: CliIo): Promise<OpenedRun> {
  const { values } = composed;
  const toRelease: (() => Promise<unknown>)[] = earlier ? [() => earlier.claim.release()] : [];
  try {
    let store: RunStore | null = null;
    const tape = await openTape(values, io.cwd, (role, request) => store?.noteRequest(role, request));
    toRelease.push(() => tape.close());
    const prepared = await prepareRun(composed, io, { started: new Date(), tape, earlier });
    if (!earlier && !isOffline(values)) await preflight(prepared.endpoints);
    const claim = earlier?.claim ?? (await claimRun(prepared.path));
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
