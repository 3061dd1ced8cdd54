import { isTau2Error, Tau2Error } from "@tau2/domains";
import { isModel } from "../env/options.ts";
import { blockingCast } from "./blocking/blocking-cast.ts";
import type { Tau2BenchConfig, Tau2BenchKeywords } from "./config.ts";
import { drive } from "./drive.ts";
import { sayNow } from "./gym-step.ts";
import type { TrainingStep } from "./next-state.ts";
import { playActions, type Played } from "./play-actions.ts";
import { readConfig } from "./read-config.ts";
import { readReset, type ResetKeywords, readStep, type StepKeywords } from "./keywords.ts";
import type { EpisodeState } from "./state.ts";
import { TrainingEnv } from "./training-env.ts";

/**
 * The training environment without promises. A user that answers at once is asked in place; for one that is a model, named by `user_llm`,
 * the whole thread stands still until the answer is there. `AsyncTau2BenchEnv` is the better one wherever promises can be awaited.
 */
export class Tau2BenchEnv extends TrainingEnv {
  readonly isAsync = false;
  readonly #close: () => void;

  /**
   * @throws Tau2Error for keywords that cannot be used, or a domain or data that cannot be found; ModelError `configuration` when a model
   * has neither key nor address
   */
  constructor(keywords: Tau2BenchKeywords = {}) {
    const blocking: { close?: () => void } = {};
    super(readConfig(keywords), (config) => {
      refuseModels(config);
      const { cast, close } = blockingCast(config);
      blocking.close = close;
      return cast;
    });
    this.#close = () => blocking.close?.();
  }

  /**
   * Begins an episode, and leaves others alone.
   * @throws Tau2Error as for an index that leads to no task. A user that fails is not thrown: it stands in `metadata.error`.
   */
  reset(keywords: ResetKeywords = {}): EpisodeState {
    const opening = this.open(readReset(keywords, this.split));
    return this.firstState(
      opening,
      atOnce(() => opening.gym.resetSync(opening.reset)),
    );
  }

  /**
   * Takes what the model did in its turn. After the end it goes on as the original does: nothing happens any more, or, where only the turns
   * were used up, the conversation continues.
   * @throws Tau2Error `invalid` for keywords that cannot be used. Who fails is not thrown: the reward is null, and `info.error` says why.
   */
  step(keywords: StepKeywords): TrainingStep {
    const read = readStep(keywords);
    const gym = this.gymAt(read.current_state);
    const played = drive(playActions(read.actions), (words) => atOnce(() => sayNow(gym, words))) as Played;
    return this.stepped(read, gym, played);
  }

  /** Ends the thread that asks models, if there is one. Another question starts it again. */
  close(): void {
    this.#close();
  }
}

function refuseModels({ user, judge }: Tau2BenchConfig): void {
  for (const [key, role] of Object.entries({ user, judge })) {
    if (role === null || typeof role !== "object" || !isModel(role)) continue;
    throw new Tau2Error(
      "unsupported",
      `the model given as \`${key}\` answers later, and this environment cannot wait: give is_async: true, or name the model by ${key}_llm`,
    );
  }
}

function atOnce<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!isTau2Error(thrown, "unsupported")) throw thrown;
    throw new Tau2Error("unsupported", "somebody answers later, and this environment cannot wait: give is_async: true", { cause: thrown });
  }
}
