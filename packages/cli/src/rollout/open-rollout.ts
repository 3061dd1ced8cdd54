import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { getRolloutFiles, type RolloutClaim } from "@tau2/gym/internal";
import { openRollouts, type RolloutStore } from "@tau2/gym/training";
import { redactSettings } from "@tau2/domains/internal";
import { formatTimestamp } from "@tau2/orchestrator/internal";
import { UsageError } from "../errors.ts";
import { shortenPath } from "../config/config-files.ts";
import type { CliIo } from "../io.ts";
import { preflight } from "../run/preflight.ts";
import type { GivenOptions } from "../config/compose-rollout.ts";
import type { OptionTable } from "../config/option.ts";
import { rolloutOptions } from "../config/tables/rollout-options.ts";
import { trainerKeys } from "../config/tables/trainer-keys.ts";
import { createConfigRecord, createRunName } from "./identity.ts";
import type { PreparedRollout } from "./prepare.ts";
import type { JsonObject } from "@tau2/domains";

/** A run that was opened. */
export interface OpenedRollout {
  readonly name: string;
  readonly folder: string;
  readonly checkpoints: string;
  readonly store: RolloutStore;
  /** Episodes that earlier sessions have stored; null for a new run. */
  readonly stored: number | null;
}

/** Options of one session that the next one does not take over. */
const ofOneSession = ["run_name", "resume_run"] as const;

/** Returns the run to resume by its name; null for a new run. @throws UsageError for an unknown name */
export async function openNamed(given: GivenOptions, cwd: string): Promise<{ claim: RolloutClaim; folder: string } | null> {
  const { resume_run, run_name, log_path = trainerKeys.log_path.default } = given;
  if (!resume_run || run_name === undefined) return null;
  const folder = join(resolve(cwd, log_path), run_name);
  const isThere = existsSync(getRolloutFiles(folder).log);
  if (!isThere) throw new UsageError(`run ${run_name} does not exist in ${log_path}${newest(resolve(cwd, log_path))}`);
  return { claim: await openRollouts(folder), folder };
}

/** Applies the saved options of a run under the new ones. */
export function applySavedConfig(given: GivenOptions, claim: RolloutClaim | null): GivenOptions {
  return { ...(claim?.history?.given as GivenOptions | undefined), ...given };
}

/**
 * Opens the folder of a run: the claimed one, the newest of the same settings, or a new one. Requests each endpoint's list of models, to check
 * there before anything is written.
 * @throws UsageError for a name that is taken or a run that is not there; Tau2Error `incompatible`, `busy` or `storage`
 */
export async function openRollout(
  prepared: PreparedRollout,
  given: GivenOptions,
  named: { claim: RolloutClaim; folder: string } | null,
  io: CliIo,
): Promise<OpenedRollout> {
  const { resume_run, run_name } = given;
  const { stem, started, logPath, checkpointPath } = prepared;
  const folder =
    named?.folder ??
    (resume_run ? getNewest(logPath, stem) : newFolder(logPath, run_name ?? createRunName(stem, started), run_name !== undefined, io.cwd));
  await preflight(prepared.endpoints);
  const claim = named?.claim ?? (await openRollouts(folder));
  try {
    const store = await claim.begin({
      at: formatTimestamp(started),
      name: basename(folder),
      given: keptOptions(given),
      config: createConfigRecord(prepared.composed),
      identity: prepared.identity,
      run: prepared.batch.run,
      evaluationRun: prepared.evaluation?.run,
    });
    return {
      name: basename(folder),
      folder,
      checkpoints: join(checkpointPath, basename(folder)),
      store,
      stored: claim.history && store.getRollouts().length,
    };
  } catch (thrown) {
    await claim.release();
    throw thrown;
  }
}

function keptOptions(given: GivenOptions): JsonObject {
  const options: OptionTable = rolloutOptions;
  const kept = Object.entries(given).filter(([key]) => !(ofOneSession as readonly string[]).includes(key) && !options[key]?.secret);
  return redactSettings(Object.fromEntries(kept) as JsonObject);
}

function newFolder(logPath: string, name: string, isNamed: boolean, cwd: string): string {
  const isTaken = (candidate: string) => existsSync(join(logPath, candidate));
  if (isNamed && isTaken(name)) {
    throw new UsageError(
      `${shortenPath(join(logPath, name), cwd)} already exists; take another --run-name, or add --resume-run to resume that run`,
    );
  }
  let free = name;
  for (let n = 2; isTaken(free); n++) free = `${name}_${n}`;
  return join(logPath, free);
}

function getNewest(logPath: string, stem: string): string {
  const last = runsIn(logPath).findLast((name) => name.startsWith(`${stem}_`));
  if (last !== undefined) return join(logPath, last);
  throw new UsageError(`${logPath} does not contain a run ${stem}_… to resume${newest(logPath)}`);
}

/** Names of a second begin with the same time, and are counted on. */
function runsIn(logPath: string): string[] {
  if (!existsSync(logPath)) return [];
  return readdirSync(logPath)
    .filter((name) => existsSync(getRolloutFiles(join(logPath, name)).log))
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function newest(logPath: string): string {
  const names = runsIn(logPath);
  return names.length === 0 ? "; it does not contain any run" : `; it contains ${names.slice(-3).join(", ")}`;
}
