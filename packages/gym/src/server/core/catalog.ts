import { toToolDeclaration } from "@tau2/domains/internal";
import type { Task, ToolDeclaration } from "@tau2/domains";
import { needsJudge } from "@tau2/orchestrator/evaluate";
import { ServerError } from "./server-error.ts";
import type { LoadedDomain } from "./domain-registry.ts";

/** A domain in a list. */
export interface DomainSummary {
  name: string;
  tasks: number;
  /** Number of tasks of each split. */
  splits: Record<string, number>;
  default_split: string | null;
  modes: string[];
  /** Source of its data, such as `starter`. */
  data_source: string;
}

/** A domain with its instructions for agents. */
export interface DomainResponse extends DomainSummary {
  policy: string;
  tools: ToolDeclaration[];
  user_tools: ToolDeclaration[];
}

/** A task in a list. */
export interface TaskSummary {
  task_id: string;
  splits: string[];
  purpose: string | null;
  reward_basis: string[] | null;
  needs_judge: boolean;
}

export function toDomainSummary({ domain, data, tasks }: LoadedDomain): DomainSummary {
  const splits = Object.entries(data.splits() ?? {}).map(([name, ids]) => [name, ids.length] as const);
  return {
    name: domain.name,
    tasks: tasks.size,
    splits: Object.fromEntries(splits),
    default_split: domain.defaultSplit,
    modes: ["agent", "user", ...(domain.solo ? ["solo"] : [])],
    data_source: data.source,
  };
}

export function toDomainResponse(shelved: LoadedDomain): DomainResponse {
  const { domain, data } = shelved;
  return {
    ...toDomainSummary(shelved),
    policy: data.policy,
    tools: domain.agent.tools.map(toToolDeclaration),
    user_tools: (domain.user?.tools ?? []).map(toToolDeclaration),
  };
}

/** A part of a domain's tasks, and how many there are in all. @throws ServerError `not_found` for an unknown split */
export function toTaskPage(
  { domain, data, tasks }: LoadedDomain,
  { split, offset, limit }: { split?: string | undefined; offset: number; limit: number },
): { total: number; tasks: TaskSummary[] } {
  const splits = data.splits() ?? {};
  if (split !== undefined && !Object.hasOwn(splits, split)) {
    throw new ServerError("not_found", `no split '${split}' in ${domain.name}; there are ${Object.keys(splits).join(", ") || "none"}`);
  }
  const members = new Map(Object.entries(splits).map(([name, ids]) => [name, new Set(ids)]));
  const chosen = [...tasks.values()].filter(({ id }) => split === undefined || members.get(split)!.has(id));
  const splitsOf = (id: string) => [...members].filter(([, ids]) => ids.has(id)).map(([name]) => name);
  return { total: chosen.length, tasks: chosen.slice(offset, offset + limit).map((task) => taskSummary(task, splitsOf(task.id))) };
}

function taskSummary(task: Task, splits: string[]): TaskSummary {
  return {
    task_id: task.id,
    splits,
    purpose: task.description?.purpose ?? null,
    reward_basis: task.evaluation_criteria?.reward_basis ?? null,
    needs_judge: needsJudge(task),
  };
}
