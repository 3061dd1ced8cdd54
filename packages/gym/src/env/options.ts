import { Tau2Error, type Domain, type DomainData, type Task } from "@tau2/domains";
import { loadData } from "@tau2/domains/data";
import { requireDomain } from "@tau2/domains/internal";
import type { Agent, AgentFactory, UserFactory } from "@tau2/orchestrator";
import { nlJudge, type NlJudge } from "@tau2/orchestrator/evaluate";
import type { ChatModel, UserSimulator } from "@tau2/user-sim";

/** Whoever judges what no program can check: a model, a judge, or a function that makes one for an episode. */
export type JudgeOption = ChatModel | NlJudge | ((episode: { task: Task; seed: number | null }) => NlJudge);

/** What the environments of both sides take. */
export interface EnvOptions {
  domain: Domain;
  /** The domain's data; left out, it is loaded. */
  data?: DomainData | undefined;
  /** Where it is loaded from, see `loadData` of `@tau2/domains/data`. */
  dataDir?: string | null | undefined;
  /** What is played, until `reset` names something else. */
  task?: Task | undefined;
  /** The same by its id in the domain's data. */
  taskId?: string | undefined;
  /** Steps after which an episode is cut off; a step is one message or one round of tool answers. By default 100. */
  maxSteps?: number | undefined;
  /** Failed tool calls, of both sides together, after which an episode ends. By default 10. */
  maxErrors?: number | undefined;
  /** Seconds after which an episode is cut off at the next turn. By default null, no limit. */
  timeoutSeconds?: number | null | undefined;
  /** Milliseconds that the other side has for a message. By default ten minutes; null for no limit. */
  turnTimeoutMs?: number | null | undefined;
  /** Observation texts hold all that the learner has seen, not only what is new. By default false. */
  allMessagesAsObservation?: boolean | undefined;
  /** Needed for tasks whose reward rests on natural-language assertions. */
  judge?: JudgeOption | undefined;
  /** What to do with such a task where there is no judge: refuse it on reset (default), or leave the assertions out of the reward. */
  withoutJudge?: "error" | "not_graded" | undefined;
  /** Makes the n-th id that tools ask for; by default the same hexadecimal digits in every episode. */
  newId?: ((n: number) => string) | undefined;
}

/** Which task is meant. */
export interface TaskChoice {
  task?: Task | undefined;
  taskId?: string | undefined;
}

/** The data that an environment works on. @throws Tau2Error naming the file that is missing or wrong, or saying that the domain is none */
export function getDomainData({ domain, data, dataDir }: EnvOptions): DomainData {
  requireDomain(domain);
  return data ?? loadData(domain, { dataDir });
}

/** The task that is meant. @throws Tau2Error `invalid` when none is named, `not_found` when there is none of that id */
export function chooseTask({ task, taskId }: TaskChoice, domain: Domain, data: DomainData): Task {
  if (task) return task;
  if (taskId === undefined) throw new Tau2Error("invalid", "no task is named: give `task` or `taskId`, here or in reset({ options })");
  const found = data.task(taskId);
  if (found) return found;
  const ids = data.taskIds();
  const some = ids.slice(0, 5).map((id) => `'${id}'`);
  const known = ids.length === 0 ? "there are none" : `there are ${ids.length}: ${some.join(", ")}${ids.length > 5 ? ", …" : ""}`;
  throw new Tau2Error("not_found", `No task found with id ${taskId} for domain ${domain.name}; ${known}`);
}

/** The judge of an episode; null for none. */
export function createJudge(judge: JudgeOption | undefined, task: Task, seed: number | null): NlJudge | null {
  if (!judge) return null;
  if (typeof judge === "function") return judge({ task, seed });
  if (!("complete" in judge)) return judge;
  return nlJudge({ model: judge, parameters: { temperature: 0, ...(seed === null ? {} : { seed }) } });
}

/** Whoever plays the user: a model behind the usual prompt, a user, or a function that makes one for each episode. */
export type UserOption = ChatModel | UserSimulator | UserFactory;

/** Whoever plays the agent: a model behind the usual prompt, an agent, or a function that makes one for each episode. */
export type AgentOption = ChatModel | Agent | AgentFactory;

/** Takes the learner's place among the participants. Whoever asks it has overlooked that it is the learner's turn. */
export function createLearnerPlaceholder(): Agent & UserSimulator {
  return {
    implementation: "gym_learner",
    model: null,
    respond() {
      throw new Tau2Error("protocol", "the learner speaks through step() only");
    },
  };
}

/** Whether somebody is a model rather than a participant. @throws Tau2Error `invalid` for the name of one, which types let nobody give */
export function isModel(role: object): role is ChatModel {
  if (typeof role === "object" || typeof role === "function") return "complete" in role;
  throw new Tau2Error(
    "invalid",
    `'${String(role)}' cannot take part: give a model, such as openAiModel({ model: "…" }) of "@tau2/user-sim"`,
  );
}
