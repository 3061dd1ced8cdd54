import { createEnvironmentConfig, Tau2Error, type Domain, type DomainData, type Task } from "@tau2/domains";
import { loadData } from "@tau2/domains/data";
import { getPolicy, pyRepr, toToolDeclaration, getTools } from "@tau2/domains/internal";
import { needsJudge } from "@tau2/orchestrator/evaluate";
import { doneTool } from "@tau2/orchestrator/internal";
import { AgentEnv } from "../env/agent-env.ts";
import type { AgentInfo, ResetResult } from "../env/step-result.ts";
import { findDomain, type Tau2BenchConfig } from "./config.ts";
import type { Counterparts } from "./counterparts.ts";
import type { ParsedReset, ParsedStep } from "./keywords.ts";
import {
  hideObservations,
  type HideOptions,
  type ContextMessage,
  type FlatTool,
  parseObservation,
  formatSystemPrompt,
  toFlatTools,
  formatTruncationMessage,
} from "./messages.ts";
import type { PlayedTurn } from "./play-actions.ts";
import { toNextState, type TrainingStep, createEpisodeState, type EpisodeState } from "./state.ts";
import { shuffle, getTaskLists, type TaskListName } from "./task-lists.ts";

/** Parts of a training environment that do not come from its configuration. */
export interface TrainingEnvOverrides {
  datasets?: Record<TaskListName, Task[]> | undefined;
  /** Creates the environment in which an episode is played. */
  createAgentEnv?: (() => AgentEnv) | undefined;
}

/** Episode before its first state. */
export interface Opening {
  gym: AgentEnv;
  reset: { seed: number; options: { task: Task } };
  place: ParsedReset;
}

/**
 * Common part of the training environments: tasks, prompts, and the steps between states. Episodes share
 * only immutable data, so they can run concurrently. Created by `getEnv`.
 */
export abstract class TrainingEnv {
  /** True if `reset` and `step` return promises. */
  abstract readonly isAsync: boolean;
  readonly config: Tau2BenchConfig;
  readonly domain: Domain;
  readonly data: DomainData;
  /** Lists of tasks. Trainers may reorder them; `eval` may be the same list as `test`. */
  readonly datasets: Readonly<Record<TaskListName, Task[]>>;
  /** Tools that the model can call: the agent's tools, `done`, `respond_user`. */
  readonly tools: readonly FlatTool[];
  /** System prompt of the model. */
  readonly systemPrompt: string;
  /** List of tasks, unless `reset` names another one. */
  split: TaskListName;
  readonly #counterparts: Counterparts;
  readonly #truncationMessage: string;
  readonly #createAgentEnv: () => AgentEnv;

  /**
   * Loads the data, and builds the task lists and the system prompt.
   * @throws Tau2Error `not_found` for an unknown domain or split, or missing data; `invalid` for a value of a keyword that cannot be used
   */
  protected constructor(
    config: Tau2BenchConfig,
    createCounterparts: (config: Tau2BenchConfig) => Counterparts,
    { datasets, createAgentEnv }: TrainingEnvOverrides = {},
  ) {
    const domain = findDomain(config.domain);
    const data = config.data ?? loadData(domain, { dataDir: config.data_dir });
    const environment = createEnvironmentConfig(domain, data);
    this.config = config;
    this.domain = domain;
    this.data = data;
    this.datasets = datasets ?? getTaskLists(domain, data, config);
    this.#createAgentEnv = createAgentEnv ?? (() => this.#createDefaultAgentEnv());
    this.tools = toFlatTools([...getTools(environment, "assistant").map(toToolDeclaration), doneTool]);
    this.systemPrompt = formatSystemPrompt(config.system_prompt, getPolicy(environment));
    this.split = config.split;
    this.#counterparts = createCounterparts(config);
    this.#truncationMessage = formatTruncationMessage(config.truncation_message, config.max_turns);
    for (const [name, tasks] of Object.entries(this.datasets)) config.log?.(formatTaskList(domain.name, name, tasks));
  }

  /** Returns the number of tasks in the list of the current split. */
  get length(): number {
    return this.datasets[this.split].length;
  }

  /** Returns the task at an index. @throws Tau2Error `invalid` if the list is empty */
  taskAt(index: number, split: TaskListName = this.split): Task {
    const list = this.datasets[split];
    if (list.length === 0) {
      throw new Tau2Error("invalid", `the list '${split}' is empty: raise num_${split === "eval" ? "val" : split}_tasks`);
    }
    return list[wrapIndex(index, list)]!;
  }

  /** Returns an index within the list of the current split. It wraps around at both ends. */
  adjustSampleIdx(index: number): number {
    return wrapIndex(index, this.datasets[this.split]);
  }

  /** Shuffles the list of the current split in place. @param seed by default `data_seed`, then `seed` */
  shuffle(seed: number = this.config.data_seed ?? this.config.seed): void {
    shuffle(this.datasets[this.split], seed);
  }

  /** Returns the system prompt with another first part. */
  buildSystemPrompt(base: string = this.config.system_prompt): string {
    return formatSystemPrompt(base, getPolicy(createEnvironmentConfig(this.domain, this.data)));
  }

  /**
   * Hides older observations, if `options` or the configuration enable it. As in act-prm, options that are missing, null, 0, `""` or false
   * are taken from the configuration.
   */
  maybeHideObservations(
    messages: readonly ContextMessage[],
    options: { [K in keyof HideOptions | "hide_observations"]?: Tau2BenchConfig[K] | null | undefined } = {},
  ): readonly ContextMessage[] {
    const { config } = this;
    if (messages.length === 0 || !(options.hide_observations || config.hide_observations)) return messages;
    return hideObservations(messages, {
      hidden_obs_content: options.hidden_obs_content || config.hidden_obs_content,
      first_obs_to_show: options.first_obs_to_show || config.first_obs_to_show,
      last_obs_to_show: options.last_obs_to_show || config.last_obs_to_show,
    });
  }

  /**
   * Chooses the task and the seed of an episode. @throws Tau2Error `invalid` for an empty list or a negative seed, `unsupported` if the
   * task requires a missing judge
   */
  protected open(place: ParsedReset): Opening {
    const { config } = this;
    const task = this.taskAt(place.sample_idx, place.split);
    const seed = config.seed + place.sample_idx;
    if (seed < 0) throw new Tau2Error("invalid", `Seed must be greater or equal to zero, actual value: ${seed}`);
    if (!this.#counterparts.judge && config.without_judge === "error" && needsJudge(task)) {
      throw new Tau2Error(
        "unsupported",
        `the reward of task '${task.id}' depends on natural-language assertions, and the judge is missing: give judge_llm, or ` +
          `judge, or without_judge: "not_graded" to leave them out of the reward`,
      );
    }
    return { gym: this.#createAgentEnv(), reset: { seed, options: { task } }, place };
  }

  /** Creates the first state of an episode (docs/spec/act-prm.md#5). An empty observation becomes a request for help. */
  protected createFirstState({ gym, reset, place }: Opening, { observation, info }: ResetResult<AgentInfo>): EpisodeState {
    const { sample_idx, generation_idx, try_step, batch_idx } = place;
    const { id } = reset.options.task;
    const { verbose, log } = this.config;
    if (verbose && sample_idx === 0 && generation_idx === 0 && try_step === 0) {
      log?.(`tau2bench reset: task_id=${id}, obs=${observation.slice(0, 100)}...`);
    }
    return createEpisodeState({
      system_prompt: this.systemPrompt,
      new_messages: [{ role: "user", content: parseObservation(observation) || "Hello, I need help." }],
      model_response: null,
      prior_messages: [],
      tools: this.tools,
      task_id: id,
      timestep: 0,
      sample_id: sample_idx,
      try_step,
      batch_id: batch_idx,
      generation_id: generation_idx,
      metadata: { correct: 0, total: 1, ...(info.error ? { error: info.error } : {}) },
      first_obs_to_show: 2,
      last_obs_to_show: null,
      tau2_episode: gym.snapshot(),
      tau2_info: info,
    });
  }

  /** Creates an `AgentEnv` that continues from a state. */
  protected restoreGym({ tau2_episode }: EpisodeState): AgentEnv {
    const gym = this.#createAgentEnv();
    gym.restore(tau2_episode);
    return gym;
  }

  /** Creates the result of a step. */
  protected createNextState(
    { current_state: before, current_messages, model_response }: ParsedStep,
    gym: AgentEnv,
    played: PlayedTurn,
  ): TrainingStep {
    const { first_obs_to_show, last_obs_to_show } = before;
    return toNextState({
      before,
      played,
      episode: gym.snapshot(),
      model_response,
      prior_messages: [...this.maybeHideObservations(current_messages, { first_obs_to_show, last_obs_to_show })],
      max_turns: this.config.max_turns,
      truncation_message: this.#truncationMessage,
    });
  }

  #createDefaultAgentEnv(): AgentEnv {
    const { max_steps, without_judge, new_id } = this.config;
    return new AgentEnv({
      domain: this.domain,
      data: this.data,
      maxSteps: max_steps,
      user: this.#counterparts.user,
      judge: this.#counterparts.judge ?? undefined,
      withoutJudge: without_judge,
      newId: new_id ?? undefined,
    });
  }
}

function wrapIndex(index: number, list: readonly unknown[]): number {
  return ((index % list.length) + list.length) % list.length;
}

function formatTaskList(domain: string, list: string, tasks: readonly Task[]): string {
  const ids = pyRepr(tasks.slice(0, 5).map(({ id }) => id));
  return `tau2bench [${domain}] ${list}: ${tasks.length} tasks (IDs: ${ids}${tasks.length > 5 ? "..." : ""})`;
}
