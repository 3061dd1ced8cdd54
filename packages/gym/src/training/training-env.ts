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

/** An episode that is to begin. */
export interface Opening {
  gym: AgentEnv;
  reset: { seed: number; options: { task: Task } };
  place: ParsedReset;
}

/**
 * What the training environments have in common: tasks, prompts, and the way from one state to the next (docs/spec/act-prm.md#2 to 8). Episodes share
 * nothing but what never changes, so any number of them may go on at the same time. Made by `getEnv`.
 */
export abstract class TrainingEnv {
  /** True if `reset` and `step` are to be awaited. */
  abstract readonly isAsync: boolean;
  readonly config: Tau2BenchConfig;
  readonly domain: Domain;
  readonly data: DomainData;
  /** The lists that tasks are drawn from. Trainers may reorder them; `eval` may be the same list as `test`. */
  readonly datasets: Readonly<Record<TaskListName, Task[]>>;
  /** What the model can call: the agent's tools, `done`, `respond_user`. */
  readonly tools: readonly FlatTool[];
  /** What the model is told. */
  readonly systemPrompt: string;
  /** Which list tasks are drawn from, unless `reset` names another. */
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

  /** How many tasks the list of the current split has. */
  get length(): number {
    return this.datasets[this.split].length;
  }

  /** The task that an index leads to. @throws Tau2Error `invalid` when the list has none */
  taskAt(index: number, split: TaskListName = this.split): Task {
    const list = this.datasets[split];
    if (list.length === 0) {
      throw new Tau2Error("invalid", `the list '${split}' is empty: raise num_${split === "eval" ? "val" : split}_tasks`);
    }
    return list[wrapIndex(index, list)]!;
  }

  /** The place that an index has in the list of the current split: it wraps around at both ends. */
  adjustSampleIdx(index: number): number {
    return wrapIndex(index, this.datasets[this.split]);
  }

  /** Puts the list of the current split in another order, in place. @param seed by default `data_seed`, then `seed` */
  shuffle(seed: number = this.config.data_seed ?? this.config.seed): void {
    shuffle(this.datasets[this.split], seed);
  }

  /** What a model is told that is somebody else than the keywords say. */
  buildSystemPrompt(base: string = this.config.system_prompt): string {
    return formatSystemPrompt(base, getPolicy(createEnvironmentConfig(this.domain, this.data)));
  }

  /**
   * Hides older observations, if that is asked for here or by the keywords. As in the original, what is left out, null, 0, `""` or false is
   * taken from the keywords.
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

  /** @throws Tau2Error when there is no task, the seed is negative, or the task needs a judge and there is none */
  protected open(place: ParsedReset): Opening {
    const { config } = this;
    const task = this.taskAt(place.sample_idx, place.split);
    const seed = config.seed + place.sample_idx;
    if (seed < 0) throw new Tau2Error("invalid", `Seed must be greater or equal to zero, actual value: ${seed}`);
    if (!this.#counterparts.judge && config.without_judge === "error" && needsJudge(task)) {
      throw new Tau2Error(
        "unsupported",
        `the reward of task '${task.id}' rests on assertions in natural language, and nobody is there to judge them: give judge_llm, or ` +
          `judge, or without_judge: "not_graded" to leave them out of the reward`,
      );
    }
    return { gym: this.#createAgentEnv(), reset: { seed, options: { task } }, place };
  }

  /** The state at the beginning of an episode (docs/spec/act-prm.md#5). Where there is nothing to read the user is taken to ask for help. */
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

  /** A gym that stands where a state does. */
  protected restoreGym({ tau2_episode }: EpisodeState): AgentEnv {
    const gym = this.#createAgentEnv();
    gym.restore(tau2_episode);
    return gym;
  }

  /** What a step comes to. */
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
