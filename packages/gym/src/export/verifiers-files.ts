import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Tau2Error } from "@tau2/domains";
import { decodeText } from "@tau2/domains/internal";
import { z } from "zod";
import type { Rollout } from "../rollout/rollout-record.ts";
import type { ExportedRun } from "./exported-run.ts";
import { checkSchema, checkReadBack, formatJsonLines, parseJson, readJsonLines, writeParts } from "./json-lines.ts";
import { type VerifiersMetadata, type VerifiersRow, createVerifiersMetadata, toVerifiersRows, type VerifiersOptions } from "./verifiers.ts";

/** Content of a folder of results. */
export interface VerifiersResults {
  rows: VerifiersRow[];
  metadata: VerifiersMetadata;
}

const object = z.record(z.string(), z.json());
const figures = z.record(z.string(), z.number());
const message = z.looseObject({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string().nullable(),
  tool_calls: z.array(z.looseObject({ id: z.string(), name: z.string(), arguments: z.string() })).optional(),
  tool_call_id: z.string().optional(),
});
const tool = z.looseObject({ name: z.string(), description: z.string(), parameters: object });
const rowSchema = z.looseObject({
  example_id: z.int().min(0),
  prompt: z.array(message).min(1),
  completion: z.array(message),
  reward: z.number(),
  timing: object,
  is_completed: z.boolean(),
  is_truncated: z.boolean(),
  metrics: figures,
  tool_defs: z.array(tool),
});
const metadataSchema = z.looseObject({
  env_id: z.string(),
  env_args: object,
  model: z.string(),
  base_url: z.string(),
  num_examples: z.int(),
  rollouts_per_example: z.int(),
  sampling_args: object,
  date: z.string(),
  time: z.number(),
  avg_reward: z.number(),
  avg_metrics: figures,
  avg_error: z.number(),
  pass_at_k: figures,
  pass_all_k: figures,
  pass_threshold: z.number(),
  state_columns: z.array(z.string()),
  tools: z.array(tool),
});

/**
 * Writes rollouts as `results.jsonl` and `metadata.json` of `verifiers` into a folder, and reads both back.
 * @throws Tau2Error `unsupported` for tasks of the test split, unless they are allowed; `storage` if a file cannot be written
 * @example
 * ```ts
 * import { createExportedRun, getEnv, goldPolicy, rollout, writeVerifiers } from "@tau2/gym/training";
 *
 * const env = getEnv("tau2bench", { domain: "airline", user: "scripted", is_async: true });
 * const role = (implementation: string) => ({ implementation, llm: null });
 * const run = createExportedRun(env, { agent: role("gold"), user: role("scripted") });
 * const played = await rollout({ env, policy: goldPolicy(), sampleId: 0 });
 * const { metadata } = await writeVerifiers("verifiers", run, [played], { trajectory: true });
 * console.log(metadata.avg_reward);
 * ```
 */
export async function writeVerifiers(
  folder: string,
  run: ExportedRun,
  rollouts: readonly Rollout[],
  options: VerifiersOptions = {},
): Promise<VerifiersResults> {
  const rows = toVerifiersRows(run, rollouts, options);
  const metadata = createVerifiersMetadata(run, rollouts, rows, options);
  await writeParts(getRowsPath(folder), formatJsonLines(rows));
  await writeParts(getMetadataPath(folder), [`${JSON.stringify(metadata, null, 2)}\n`]);
  const back = await readVerifiers(folder);
  checkReadBack(getRowsPath(folder), rows, back.rows);
  checkReadBack(getMetadataPath(folder), [metadata], [back.metadata]);
  return { rows, metadata };
}

/** Reads a folder of {@link writeVerifiers}. @throws Tau2Error `not_found`, or `invalid` naming the place */
export async function readVerifiers(folder: string): Promise<VerifiersResults> {
  const path = getMetadataPath(folder);
  if (!existsSync(path)) throw new Tau2Error("not_found", `${path} does not exist`);
  const metadata = checkSchema(metadataSchema, parseJson(decodeText(await readFile(path), path), path), path) as VerifiersMetadata;
  return { rows: (await readJsonLines(getRowsPath(folder), rowSchema, "result")) as VerifiersRow[], metadata };
}

function getRowsPath(folder: string): string {
  return join(folder, "results.jsonl");
}

function getMetadataPath(folder: string): string {
  return join(folder, "metadata.json");
}
