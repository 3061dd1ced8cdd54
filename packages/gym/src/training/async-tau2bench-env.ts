import type { Tau2BenchKeywords } from "./config.ts";
import { drive } from "./drive.ts";
import { sayLater } from "./gym-step.ts";
import type { TrainingStep } from "./next-state.ts";
import { promisedCast } from "./participants.ts";
import { playActions } from "./play-actions.ts";
import { readConfig } from "./read-config.ts";
import { readReset, type AsyncResetKeywords, readStep, type AsyncStepKeywords } from "./keywords.ts";
import type { EpisodeState } from "./state.ts";
import { TrainingEnv } from "./training-env.ts";

/** The training environment whose user may be a model; while it is asked, other episodes go on. */
export class AsyncTau2BenchEnv extends TrainingEnv {
  readonly isAsync = true;
  /**
   * @throws Tau2Error for keywords that cannot be used, or a domain or data that cannot be found; ModelError `configuration` when a model
   * has neither key nor address
   */
  constructor(keywords: Tau2BenchKeywords = {}) {
    super(readConfig(keywords), promisedCast);
  }

  /**
   * Begins an episode, and leaves others alone.
   * @throws Tau2Error as for an index that leads to no task. A user that fails is not thrown: it stands in `metadata.error`.
   */
  async reset(keywords: AsyncResetKeywords = {}): Promise<EpisodeState> {
    const opening = this.open(readReset(keywords, this.split, ["signal"]));
    return this.firstState(opening, await opening.gym.reset({ ...opening.reset, signal: keywords.signal }));
  }

  /**
   * Takes what the model did in its turn. After the end it goes on as the original does: nothing happens any more, or, where only the turns
   * were used up, the conversation continues.
   * @throws Tau2Error `invalid` for keywords that cannot be used. Who fails is not thrown: the reward is null, and `info.error` says why.
   */
  async step(keywords: AsyncStepKeywords): Promise<TrainingStep> {
    const read = readStep(keywords, ["signal"]);
    const gym = this.gymAt(read.current_state);
    const played = await drive(playActions(read.actions), (words) => sayLater(gym, words, keywords.signal));
    return this.stepped(read, gym, played);
  }
}
