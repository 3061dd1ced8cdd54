import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { selectTasks, type ExpectedAction, type Domain, type Task } from "@tau2/domains";
import { findToolOnEitherSide } from "@tau2/domains/internal";
import { airline } from "@tau2/domains/airline";
import { loadData } from "@tau2/domains/data";
import { mock } from "@tau2/domains/mock";
import { retail } from "@tau2/domains/retail";
import { telecom } from "@tau2/domains/telecom";

/** A domain over one of its data sets, and the task that everything is measured with. */
export interface Subject {
  domain: Domain;
  data: "starter" | "official";
  dataDir: string | null;
  task: Task;
  /** A call that reads, and one that writes. */
  read: ExpectedAction;
  write: ExpectedAction;
  /** Returns the agent's part of the task's solution. */
  solution: readonly ExpectedAction[];
}

const domains = [airline, retail, telecom, mock] as unknown as Domain[];

/** Names of all domains that are measured. */
export const domainNames: readonly string[] = domains.map(({ name }) => name);

/**
 * Every domain, over the starter data and, where there is one, the official data directory.
 * @param peerDir a data directory of the peer: tasks of the official data are then such as it has, with the same solution
 */
export function subjects(officialDir: string | null, peerDir: string | null): Subject[] {
  const official = officialDir === null ? [] : domains.filter((domain) => isComplete(domain, officialDir));
  return [
    ...domains.map((domain) => subject(domain, "starter", null, null)),
    ...official.map((domain) => subject(domain, "official", officialDir, peerDir)),
  ];
}

/** Published versions differ in their content: the peer's mock lacks the user's database. */
function isComplete({ name, files }: Domain, dataDir: string): boolean {
  return [files!.db, files!.userDb, files!.tasks].every(
    (file) => file === undefined || existsSync(join(dataDir, "tau2/domains", name, file)),
  );
}

/** The first task whose solution both reads and writes on the agent's side, so that reading and writing are measured in one situation. */
function subject(domain: Domain, data: Subject["data"], dataDir: string | null, peerDir: string | null): Subject {
  const kind = (action: ExpectedAction) => findToolOnEitherSide(domain, action.name)?.kind;
  const shared = peerDir === null ? null : solutionsIn(join(peerDir, "tau2/domains", domain.name, "tasks.json"));
  // The peer knows the tasks of the default split only.
  for (const task of selectTasks(domain, loadData(domain, { dataDir }))) {
    const { actions, reward_basis: basis } = task.evaluation_criteria ?? {};
    if (task.initial_state?.message_history || basis?.includes("NL_ASSERTION")) continue;
    const solution = (actions ?? []).filter(({ requestor }) => requestor === "assistant");
    const write = solution.find((action) => kind(action) === "write");
    const read = solution.find((action) => kind(action) === "read") ?? plainRead(domain, write);
    if (write && read && (!shared || isDeepStrictEqual(steps(actions), shared.get(task.id)))) {
      return { domain, data, dataDir, task, read, write, solution };
    }
  }
  throw new Error(`no task of ${domain.name} (${data}) reads and writes`);
}

type Steps = readonly Pick<ExpectedAction, "name" | "arguments">[];

function steps(actions: Steps | null | undefined): Steps {
  return (actions ?? []).map(({ name, arguments: args }) => ({ name, arguments: args }));
}

function solutionsIn(taskFile: string): Map<string, Steps> {
  const tasks = JSON.parse(readFileSync(taskFile, "utf8")) as { id: string; evaluation_criteria?: { actions?: Steps } }[];
  return new Map(tasks.map(({ id, evaluation_criteria }) => [id, steps(evaluation_criteria?.actions)]));
}

// Solutions of telecom and mock hold repairs only.
function plainRead({ name, agent }: Domain, write: ExpectedAction | undefined): ExpectedAction | undefined {
  const reads: Record<string, Pick<ExpectedAction, "name" | "arguments">> = {
    telecom: { name: "get_customer_by_id", arguments: { customer_id: "C1001" } },
    mock: { name: "get_users", arguments: {} },
  };
  const read = reads[name];
  return write && read && agent.tools.some((tool) => tool.name === read.name) ? { ...write, ...read } : undefined;
}
