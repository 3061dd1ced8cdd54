import { toolOnEitherSide, type Action, type Domain, type Task } from "@tau2/domains";
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
  read: Action;
  write: Action;
}

const domains = [airline, retail, telecom, mock] as unknown as Domain[];

/** Every domain, over the starter data and, where there is one, the official data directory. */
export function subjects(officialDir: string | null): Subject[] {
  const sets: [Subject["data"], string | null][] = [["starter", null], ...(officialDir === null ? [] : ([["official", officialDir]] as [Subject["data"], string][]))];
  return sets.flatMap(([data, dataDir]) => domains.map((domain) => subject(domain, data, dataDir)));
}

/** The first task whose solution both reads and writes on the agent's side, so that reading and writing are measured in one situation. */
function subject(domain: Domain, data: Subject["data"], dataDir: string | null): Subject {
  const kind = (action: Action) => toolOnEitherSide(domain, action.name)?.kind;
  for (const task of loadData(domain, { dataDir }).tasks()) {
    if (task.initial_state?.message_history || task.evaluation_criteria?.nl_assertions?.length) continue;
    const own = (task.evaluation_criteria?.actions ?? []).filter(({ requestor }) => requestor === "assistant");
    const write = own.find((action) => kind(action) === "write");
    const read = own.find((action) => kind(action) === "read") ?? plainRead(domain, write);
    if (write && read) return { domain, data, dataDir, task, read, write };
  }
  throw new Error(`no task of ${domain.name} (${data}) reads and writes`);
}

// Solutions of telecom and mock hold repairs only.
function plainRead(domain: Domain, write: Action | undefined): Action | undefined {
  const [name, args] = domain.name === "telecom" ? ["get_customer_by_id", { customer_id: "C1001" }] : ["get_users", {}];
  return write && domain.agent.tools.some((tool) => tool.name === name) ? { ...write, name: name as string, arguments: args as Action["arguments"] } : undefined;
}
