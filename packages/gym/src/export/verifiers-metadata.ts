import { getRuntimeVersions, passHatK } from "@tau2/orchestrator";
import type { Rollout } from "../rollout/rollout-record.ts";
import type { ExportedRun } from "./exported-run.ts";
import type { VerifiersMetadata, VerifiersRow } from "./verifiers-form.ts";
import { verifiersTool, type VerifiersOptions } from "./verifiers-rows.ts";

/** What stands over the rows. */
export function verifiersMetadata(
  run: ExportedRun,
  rollouts: readonly Rollout[],
  rows: readonly VerifiersRow[],
  options: VerifiersOptions = {},
): VerifiersMetadata {
  const examples = byExample(rows);
  const attempts = Math.max(0, ...examples.map((each) => each.length));
  const { pass_at_k, pass_all_k } = passes(examples, attempts);
  const commit = run.info.git_commit;
  const names = Object.keys(rows[0]?.metrics ?? {});
  return {
    env_id: `tau2bench-${run.domain}`,
    env_args: run.env_args,
    model: run.info.agent_info.llm ?? run.info.agent_info.implementation,
    base_url: run.base_url ?? "",
    num_examples: examples.length,
    rollouts_per_example: attempts,
    sampling_args: run.sampling_args,
    date: run.started,
    time: total(rollouts.map(({ seconds }) => seconds)),
    avg_reward: mean(rows.map(({ reward }) => reward)),
    avg_metrics: Object.fromEntries(names.map((name) => [name, mean(rows.map(({ metrics }) => metrics[name] ?? 0))])),
    avg_error: rollouts.length === 0 ? 0 : (rollouts.length - rows.length) / rollouts.length,
    pass_at_k,
    pass_all_k,
    pass_threshold: 1,
    usage: null,
    version_info: {
      vf_version: "none",
      vf_commit: null,
      env_version: getRuntimeVersions().packages["@tau2/domains"] ?? "unknown",
      env_commit: commit === "unknown" ? null : commit,
    },
    state_columns: options.trajectory ? ["trajectory"] : [],
    path_to_save: ".",
    tools: run.tools.map(verifiersTool),
    splits: [...new Set(rows.map(({ info }) => info.split))],
  };
}

/** Of complete examples, for k in powers of two up to the number of attempts; none where there is one attempt, as `verifiers` has it. */
function passes(examples: readonly (readonly VerifiersRow[])[], attempts: number) {
  const pass_at_k: Record<string, number> = {};
  const pass_all_k: Record<string, number> = {};
  const complete = examples.filter((each) => each.length === attempts).map((each) => each.filter(({ reward }) => reward >= 1).length);
  const most = attempts > 1 ? attempts : 0;
  for (let k = 1; k <= most; k *= 2) {
    pass_at_k[k] = mean(complete.map((correct) => 1 - passHatK(attempts, attempts - correct, k)));
    pass_all_k[k] = mean(complete.map((correct) => passHatK(attempts, correct, k)));
  }
  return { pass_at_k, pass_all_k };
}

function byExample(rows: readonly VerifiersRow[]): VerifiersRow[][] {
  const groups = new Map<number, VerifiersRow[]>();
  for (const row of rows) groups.set(row.example_id, [...(groups.get(row.example_id) ?? []), row]);
  return [...groups.values()];
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : total(values) / values.length;
}
