import { Tau2Error, type Domain, type DomainData, type Task } from "@tau2/domains";
import { loadData } from "@tau2/domains/data";
import { requireDomain } from "@tau2/domains/internal";
import type { Agent, AgentFactory, UserFactory } from "@tau2/orchestrator";
import { nlJudge, type NlJudge } from "@tau2/orchestrator/evaluate";
import type { ChatModel, UserSimulator } from "@tau2/user-sim";

/** Judge of natural-language assertions: a model, a judge, or a function that creates a judge for an episode. */
export type JudgeOption = ChatModel | NlJudge | ((episode: { task: Task; seed: number | null }) => NlJudge);

/** Options that `AgentEnv` and `UserEnv` share. */
export interface EnvOptions {
  domain: Domain;
  /** Data of the domain. Default: `loadData` reads it. */
  data?: DomainData | undefined;
  /** Directory for `loadData` of `@tau2/domains/data`. */
  dataDir?: string | null | undefined;
  /** Task of each episode, unless `reset` names another one. */
  task?: Task | undefined;
  /** Id of that task in the domain's data, in place of `task`. */
  taskId?: string | undefined;
  /** Number of steps that truncates an episode; a step is one message or one round of tool results. Default: 100. */
  maxSteps?: number | undefined;
  /** Number of failed tool calls, of both participants together, that terminates an episode. Default: 10. */
  maxErrors?: number | undefined;
  /** Seconds that truncate an episode at its next turn. Default: null, no limit. */
  timeoutSeconds?: number | null | undefined;
  /** Timeout of one message of the counterpart in milliseconds. Default: 600,000; null disables it. */
  turnTimeoutMs?: number | null | undefined;
  /** True if observation texts hold all messages that the learner has seen, not only the new ones. Default: false. */
  allMessagesAsObservation?: boolean | undefined;
  /** Judge for tasks whose reward depends on natural-language assertions. */
  judge?: JudgeOption | undefined;
  /**
   * Handling of such a task if the judge is missing: `error` refuses it on reset (default), `not_graded` leaves the assertions out of the
   * reward.
   */
  withoutJudge?: "error" | "not_graded" | undefined;
  /** Creates the n-th id that tools request. Default: the same hexadecimal ids in every episode. */
  newId?: ((n: number) => string) | undefined;
}

/** Choice of a task, as a value or by its id. */
export interface TaskChoice {
  task?: Task | undefined;
  taskId?: string | undefined;
}

/**
 * Returns the data of an environment. @throws Tau2Error naming the file that is missing or wrong; `invalid` for a value that is not a
 * domain
 */
export function getDomainData({ domain, data, dataDir }: EnvOptions): DomainData {
  requireDomain(domain);
  return data ?? loadData(domain, { dataDir });
}

/** Returns the chosen task. @throws Tau2Error `invalid` if a task is not named, `not_found` for an unknown id */
export function chooseTask({ task, taskId }: TaskChoice, domain: Domain, data: DomainData): Task {
  if (task) return task;
  if (taskId === undefined) throw new Tau2Error("invalid", "the task is missing: give `task` or `taskId`, here or in reset({ options })");
  const found = data.task(taskId);
  if (found) return found;
  const ids = data.taskIds();
  const some = ids.slice(0, 5).map((id) => `'${id}'`);
  const known =
    ids.length === 0 ? "the domain does not have tasks" : `there are ${ids.length}: ${some.join(", ")}${ids.length > 5 ? ", …" : ""}`;
  throw new Tau2Error("not_found", `No task found with id ${taskId} for domain ${domain.name}; ${known}`);
}

/** Creates the judge of an episode, or returns null without a judge. */
export function createJudge(judge: JudgeOption | undefined, task: Task, seed: number | null): NlJudge | null {
  if (!judge) return null;
  if (typeof judge === "function") return judge({ task, seed });
  if (!("complete" in judge)) return judge;
  return nlJudge({ model: judge, parameters: { temperature: 0, ...(seed === null ? {} : { seed }) } });
}

/** Simulated user: a model with the usual prompt, a user, or a function that creates a user for each episode. */
export type UserOption = ChatModel | UserSimulator | UserFactory;

/** Agent: a model with the usual prompt, an agent, or a function that creates an agent for each episode. */
export type AgentOption = ChatModel | Agent | AgentFactory;

/** Creates the participant in the learner's place. It fails if a conversation asks it: a learner acts through `step`. */
export function createLearnerPlaceholder(): Agent & UserSimulator {
  return {
    implementation: "gym_learner",
    model: null,
    respond() {
      throw new Tau2Error("protocol", "the learner acts through step(), not through respond()");
    },
  };
}

/** Returns whether a participant is a model. @throws Tau2Error `invalid` for a name in place of a value */
export function isModel(role: object): role is ChatModel {
  if (typeof role === "object" || typeof role === "function") return "complete" in role;
  throw new Tau2Error(
    "invalid",
    `'${String(role)}' is a name, not a participant: give a model, such as openAiModel({ model: "…" }) of "@tau2/user-sim"`,
  );
}
