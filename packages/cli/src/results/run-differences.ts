import type { RunInfo } from "@tau2/orchestrator/results";
import type { RunIdentity, StoredRun } from "@tau2/orchestrator/store";
import { compareTasks, compareIdentities } from "@tau2/orchestrator/internal";
import { hashText } from "@tau2/domains/internal";

/** Differences between two runs in words: those that change the work, and all others. */
export interface RunDifferences {
  readonly data: readonly string[];
  readonly others: readonly string[];
}

const sideBySide = { first: "in A", second: "in B", unlike: ["not the same", "not the same"] } as const;

const dataParts: ReadonlySet<string> = new Set(["domain", "solo", "database", "policy", "tools", "tasks"]);

/** Compares what two runs were made of; those of other programs by what their results say of it. */
export function findRunDifferences(before: StoredRun, after: StoredRun): RunDifferences {
  const bothOurs = before.identity !== null && after.identity !== null;
  const parts = ({ identity, results }: StoredRun) => (bothOurs ? identity! : partsIn(results.info));
  const all = [
    ...compareIdentities(parts(before), parts(after), sideBySide),
    ...compareTasks(before.results.tasks, after.results.tasks, sideBySide),
  ];
  const texts = (wanted: boolean) => all.filter(({ part }) => dataParts.has(part) === wanted).map(({ text }) => text);
  return { data: texts(true), others: texts(false) };
}

function partsIn({ environment_info, agent_info, user_info, seed, max_steps, max_errors }: RunInfo): Partial<RunIdentity> {
  const role = ({ implementation, llm, llm_args }: RunInfo["agent_info"]) => ({ implementation, llm, llm_args }) as RunIdentity["agent"];
  return {
    domain: environment_info.domain_name,
    policy: hashText(environment_info.policy),
    agent: role(agent_info),
    user: role(user_info),
    seed,
    max_steps,
    max_errors,
  };
}
