import { isTau2Error, Tau2Error } from "@tau2/domains";
import { isModel } from "../env/options.ts";
import { createBlockingCounterparts } from "./blocking/blocking-counterparts.ts";
import { type Tau2BenchConfig, type Tau2BenchKeywords, readConfig } from "./config.ts";
import { createAsyncCounterparts } from "./counterparts.ts";
import {
  parseReset,
  type ResetKeywords,
  parseStep,
  type StepKeywords,
  type AsyncResetKeywords,
  type AsyncStepKeywords,
} from "./keywords.ts";
import { runGenerator, saySync, playActions, type PlayedTurn, say } from "./play-actions.ts";
import type { TrainingStep, EpisodeState } from "./state.ts";
import { TrainingEnv } from "./training-env.ts";

/**
 * Synchronous training environment of act-prm.
 * If `user_llm` names a model as the user, the thread blocks while the model answers. Use `AsyncTau2BenchEnv` where promises can be
 * awaited.
 */
export class Tau2BenchEnv extends TrainingEnv {
  readonly isAsync = false;
  readonly #close: () => void;

  /**
   * @throws Tau2Error `invalid` for keywords that cannot be used, `not_found` for an unknown domain or missing data; ModelError
   * `configuration` if a model has neither key nor address
   */
  constructor(keywords: Tau2BenchKeywords = {}) {
    const blocking: { close?: () => void } = {};
    super(readConfig(keywords), (config) => {
      refuseModels(config);
      const { counterparts, close } = createBlockingCounterparts(config);
      blocking.close = close;
      return counterparts;
    });
    this.#close = () => blocking.close?.();
  }

  /**
   * Starts an episode. Other episodes are not affected. A fault of the user is not thrown: it is in `metadata.error`.
   * @throws Tau2Error `invalid` for keywords that cannot be used or an empty list; `unsupported` if the task requires a missing judge
   */
  reset(keywords: ResetKeywords = {}): EpisodeState {
    const opening = this.open(parseReset(keywords, this.split));
    return this.createFirstState(
      opening,
      runSync(() => opening.gym.resetSync(opening.reset)),
    );
  }

  /**
   * Plays the actions of the model's turn. A fault of another participant is not thrown: the reward is null, and `info.error` holds the
   * fault.
   * After the end a step behaves like in act-prm: it has no effect or, if only the turns were used up, continues the conversation.
   * @throws Tau2Error `invalid` for keywords that cannot be used
   */
  step(keywords: StepKeywords): TrainingStep {
    const read = parseStep(keywords);
    const gym = this.restoreGym(read.current_state);
    const played = runGenerator(playActions(read.actions), (words) => runSync(() => saySync(gym, words))) as PlayedTurn;
    return this.createNextState(read, gym, played);
  }

  /** Stops the thread that calls models. The next call starts it again. */
  close(): void {
    this.#close();
  }
}

function refuseModels({ user, judge }: Tau2BenchConfig): void {
  for (const [key, role] of Object.entries({ user, judge })) {
    if (role === null || typeof role !== "object" || !isModel(role)) continue;
    throw new Tau2Error(
      "unsupported",
      `the model in \`${key}\` returns promises, and this environment is synchronous: give is_async: true, or name the model in ${key}_llm`,
    );
  }
}

function runSync<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!isTau2Error(thrown, "unsupported")) throw thrown;
    throw new Tau2Error("unsupported", "a participant returned a promise, and this environment is synchronous: give is_async: true", {
      cause: thrown,
    });
  }
}

/** Training environment whose `reset` and `step` return promises. */
export abstract class AsyncTrainingEnv extends TrainingEnv {
  readonly isAsync = true;

  /**
   * Starts an episode. Other episodes are not affected. A fault of the user is not thrown: it is in `metadata.error`.
   * @throws Tau2Error `invalid` for keywords that cannot be used or an empty list; `unsupported` if the task requires a missing judge
   */
  async reset(keywords: AsyncResetKeywords = {}): Promise<EpisodeState> {
    const opening = this.open(parseReset(keywords, this.split, ["signal"]));
    return this.createFirstState(opening, await opening.gym.reset({ ...opening.reset, signal: keywords.signal }));
  }

  /**
   * Plays the actions of the model's turn. A fault of another participant is not thrown: the reward is null, and `info.error` holds the
   * fault.
   * After the end a step behaves like in act-prm: it has no effect or, if only the turns were used up, continues the conversation.
   * @throws Tau2Error `invalid` for keywords that cannot be used
   */
  async step(keywords: AsyncStepKeywords): Promise<TrainingStep> {
    const read = parseStep(keywords, ["signal"]);
    const gym = this.restoreGym(read.current_state);
    const played = await runGenerator(playActions(read.actions), (words) => say(gym, words, keywords.signal));
    return this.createNextState(read, gym, played);
  }
}

/** Training environment of act-prm. Its user can be a model: other episodes continue while the model answers. */
export class AsyncTau2BenchEnv extends AsyncTrainingEnv {
  /**
   * @throws Tau2Error `invalid` for keywords that cannot be used, `not_found` for an unknown domain or missing data; ModelError
   * `configuration` if a model has neither key nor address
   */
  constructor(keywords: Tau2BenchKeywords = {}) {
    super(readConfig(keywords), createAsyncCounterparts);
  }
}

/**
 * Creates a training environment (docs/spec/act-prm.md#1).
 * @example
 * ```ts
 * import { getEnv } from "@tau2/gym/training";
 *
 * const env = getEnv("tau2bench", { domain: "airline", user: "scripted", num_train_tasks: 5, num_test_tasks: 2 });
 * const state = env.reset({ sample_idx: 0 });
 * ```
 * @throws Tau2Error `not_found` for an unknown environment; errors of the environment's constructor
 */
export function getEnv(name: "tau2bench", keywords: Tau2BenchKeywords & { is_async: true }): AsyncTau2BenchEnv;
export function getEnv(name: "tau2bench", keywords?: Tau2BenchKeywords & { is_async?: false | undefined }): Tau2BenchEnv;
export function getEnv(name: string, keywords?: Tau2BenchKeywords): Tau2BenchEnv | AsyncTau2BenchEnv;
export function getEnv(name: string, keywords: Tau2BenchKeywords = {}): Tau2BenchEnv | AsyncTau2BenchEnv {
  const wrong = [name, keywords.name ?? name].find((given) => given !== "tau2bench");
  if (wrong !== undefined) throw new Tau2Error("not_found", `Sorry invalid environment: '${wrong}'. There is 'tau2bench'`);
  return keywords.is_async ? new AsyncTau2BenchEnv(keywords) : new Tau2BenchEnv(keywords);
}
