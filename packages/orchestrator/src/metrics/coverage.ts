import { isParticipantMessage } from "@tau2/domains/internal";
import type { Message, Task } from "@tau2/domains";
import { getFaultClass, getJudgeCost } from "../results/notes.ts";
import { type RunInfo, isPlaceholder } from "../results/results.ts";
import type { MeasuredRun } from "./metrics.ts";

/** Basis of a run's metrics: planned, played and graded simulations, and those that the metrics exclude. */
export interface Coverage {
  /** Tasks times trials. */
  planned: number;
  /** Simulations with a reward that counts. */
  graded: number;
  /** Simulations without a reward, by why. */
  ungraded: { infrastructure_error: number; other: number };
  /** The same by the class of the fault, as far as it is on record. */
  faults: Record<string, number>;
  /** Planned simulations without a record. */
  missing: number;
  /**
   * US dollars; null when any cost is unknown. tau2-bench's metrics exclude the judge's; a task's history cost this run
   * nothing, while tau2-bench counts it.
   */
  cost: { agent: number | null; user: number | null; judge: number | null };
}

/** Computes the completeness of a run, and its total cost. */
export function computeCoverage(
  simulations: readonly MeasuredRun[],
  info: Pick<RunInfo, "num_trials">,
  tasks: readonly (Pick<Task, "id"> & Partial<Pick<Task, "initial_state">>)[],
): Coverage {
  const told = new Map(tasks.map(({ id, initial_state: start }) => [id, start?.message_history?.length ?? 0]));
  const sumRoleCosts = (role: "assistant" | "user") =>
    sumCosts(simulations.map((run) => getRoleCost(role, run, told.get(run.task_id) ?? 0)));
  const planned = tasks.length * info.num_trials;
  const ungraded = simulations.filter(({ reward_info }) => reward_info === null);
  const broken = ungraded.filter(isPlaceholder).length;
  return {
    planned,
    graded: simulations.length - ungraded.length,
    ungraded: { infrastructure_error: broken, other: ungraded.length - broken },
    faults: countSimulations(ungraded.map(getFaultClass)),
    missing: Math.max(0, planned - simulations.length),
    cost: {
      agent: sumRoleCosts("assistant"),
      user: sumRoleCosts("user"),
      judge: sumCosts(simulations.map(getJudgeCost)),
    },
  };
}

function countSimulations(classes: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of classes) if (name !== null) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function hasUnpricedTokens({ cost, usage }: Extract<Message, { role: "assistant" | "user" }>): boolean {
  return cost === 0 && !!usage && usage.prompt_tokens + usage.completion_tokens > 0;
}

function sumCosts(costs: readonly (number | null)[]): number | null {
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}

/**
 * Returns a role's cost as stored; if the task's own history makes it unknown, the cost of the later messages. Zero dollars for tokens
 * are unknown dollars: tau2-bench stores 0 for a model whose price it does not know.
 */
function getRoleCost(role: "assistant" | "user", { agent_cost, user_cost = null, messages }: MeasuredRun, told: number): number | null {
  const stored = role === "assistant" ? agent_cost : user_cost;
  if (stored === 0 && messages?.some((message) => message.role === role && hasUnpricedTokens(message))) return null;
  if (stored !== null || told === 0 || !messages || messages.length <= told) return stored;
  const said = messages.slice(told).filter(isParticipantMessage);
  return sumCosts(said.flatMap((message) => (message.role === role ? [message.cost ?? null] : [])));
}
