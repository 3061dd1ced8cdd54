import { isTau2Error, Tau2Error } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import type { EpisodeInfo, ResetResult, StepResult } from "../env/result.ts";

/** What became of one episode of several: its result, or what kept it from having one. No episode fails because another one does. */
export type Outcome<Result> =
  | { readonly index: number; readonly result: Result; readonly error: null }
  | { readonly index: number; readonly result: null; readonly error: Tau2Error };

/** The outcome of some work for an episode. Never rejects. */
export async function toOutcome<Result>(index: number, work: () => Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { index, result: await work(), error: null };
  } catch (thrown) {
    return {
      index,
      result: null,
      error: isTau2Error(thrown) ? thrown : new Tau2Error("failed", getErrorMessage(thrown), { cause: thrown }),
    };
  }
}

/** A reset in the form of a step: the first thing that an episode shows. It may be over already, as in any reset. */
export function resetAsStep<Info extends EpisodeInfo>(reset: ResetResult<Info>, over: boolean): StepResult<Info> {
  const { error, reward_info } = reset.info;
  return { ...reset, reward: error ? null : (reward_info?.reward ?? 0), terminated: over && !error, truncated: error !== undefined };
}
