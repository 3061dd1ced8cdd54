import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { computeMetrics } from "@tau2/orchestrator/metrics";
import { isSoloRun } from "@tau2/orchestrator/internal";
import { readResults, regrade, formatResults, type Results, type SimulationRun } from "@tau2/orchestrator/results";
import { asJson, differences } from "../compare.ts";
import { figureDifferences } from "../figures.ts";
import { inDomain, type Case, type Context, type Kind } from "../kind.ts";
import { judged, type Difference } from "../outcome.ts";

/** Results files that tau2-bench wrote: read, written again, measured and graded again. */
export const results: Kind = {
  name: "results",
  cases(context) {
    const folder = join(context.vectorsDir, "results");
    return existsSync(folder) ? casesOf(folder, context) : null;
  },
};

const figuresFile = "metrics.json";

async function* casesOf(folder: string, context: Context): AsyncGenerator<Case> {
  const figures = existsSync(join(folder, figuresFile)) ? (readJson(join(folder, figuresFile)) as Record<string, object>) : {};
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() || (entry.name.endsWith(".json") && entry.name !== figuresFile),
  );
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const recorded = readRecorded(path, entry.isDirectory());
    const domain = recorded.info.environment_info.domain_name;
    const of = (what: string, check: () => Difference[] | Promise<Difference[]>): Case => ({
      kind: "results",
      domain,
      id: `${entry.name}: ${what}`,
      check: async () => judged(await check()),
    });
    yield of("written again", () => rewritten(path, recorded, entry.isDirectory()));
    const expected = figures[domain];
    if (expected) yield of("figures", () => measured(path, recorded, expected));
    for (const simulation of recorded.simulations) {
      const { id, task_id, trial } = simulation;
      const graded = () => inDomain({ domain }, context, async ({ setup }) => judged(await regraded(path, simulation, setup)));
      yield { kind: "results", domain, id: `${entry.name}: ${task_id}, trial ${trial} graded again (${id})`, check: graded };
    }
  }
}

/** Reads tau2-bench's file as one value in either layout: the simulations of a folder come in the order of their files' names. */
function readRecorded(path: string, isFolder: boolean): Results {
  if (!isFolder) return readJson(path) as Results;
  const simulations = readdirSync(join(path, "simulations"))
    .toSorted()
    .map((name) => readJson(join(path, "simulations", name)) as SimulationRun);
  return { ...(readJson(join(path, "results.json")) as Results), simulations };
}

function rewritten(path: string, recorded: Results, isFolder: boolean): Difference[] {
  const text = formatResults(readResults(path));
  const found = differences(recorded, JSON.parse(text));
  // Only the one-file layout is written, so only that can come out byte by byte.
  return found.length > 0 || isFolder ? found : lineDifferences(readFileSync(path, "utf8"), text);
}

function measured(path: string, { info }: Results, expected: object): Difference[] {
  return figureDifferences(expected, computeMetrics(readResults(path).simulations, info));
}

/** The first line that is not the same byte by byte. */
function lineDifferences(expected: string, actual: string): Difference[] {
  if (expected === actual) return [];
  const [left, right] = [expected.split("\n"), actual.split("\n")];
  const at = left.findIndex((line, i) => line !== right[i]);
  const line = at === -1 ? left.length : at;
  return [{ path: `line ${line + 1}`, expected: left[line], actual: right[line] }];
}

async function regraded(
  path: string,
  { id, reward_info }: SimulationRun,
  setup: (options: { solo: boolean }) => Parameters<typeof regrade>[1]["environment"],
) {
  const all = readResults(path);
  const one = { ...all, simulations: all.simulations.filter((simulation) => simulation.id === id) };
  const { results: graded, gradings } = await regrade(one, { environment: setup({ solo: isSoloRun(all.info) }) });
  const fault = gradings.find((grading) => grading.fault !== null)?.fault;
  if (fault) return [{ path: "reward_info", expected: reward_info, actual: fault }];
  return differences(reward_info, asJson(graded.simulations[0]?.reward_info), { path: "reward_info" });
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
