import { Tau2Error } from "@tau2/domains";
import { AsyncTau2BenchEnv } from "./async-tau2bench-env.ts";
import type { Tau2BenchKeywords } from "./config.ts";
import { Tau2BenchEnv } from "./tau2bench-env.ts";

/**
 * Makes a training environment (docs/spec/act-prm.md#1).
 *
 * ```ts
 * const env = getEnv("tau2bench", { domain: "airline", user: "scripted", num_train_tasks: 5, num_test_tasks: 2 });
 * let state = env.reset({ sample_idx: 0 });
 * ```
 * @throws Tau2Error `not_found` for a name that is no environment's, and what the environment's constructor throws
 */
export function getEnv(name: "tau2bench", keywords: Tau2BenchKeywords & { is_async: true }): AsyncTau2BenchEnv;
export function getEnv(name: "tau2bench", keywords?: Tau2BenchKeywords & { is_async?: false | undefined }): Tau2BenchEnv;
export function getEnv(name: string, keywords?: Tau2BenchKeywords): Tau2BenchEnv | AsyncTau2BenchEnv;
export function getEnv(name: string, keywords: Tau2BenchKeywords = {}): Tau2BenchEnv | AsyncTau2BenchEnv {
  const wrong = [name, keywords.name ?? name].find((given) => given !== "tau2bench");
  if (wrong !== undefined) throw new Tau2Error("not_found", `Sorry invalid environment: '${wrong}'. There is 'tau2bench'`);
  return keywords.is_async ? new AsyncTau2BenchEnv(keywords) : new Tau2BenchEnv(keywords);
}
