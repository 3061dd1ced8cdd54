import { expect, it } from "vitest";
import type { ChosenPolicy } from "./choose-policy.ts";
import { composeRollout, type GivenOptions } from "../config/compose-rollout.ts";
import { createRunName, createRunStem } from "./identity.ts";

const model = (name: string) => ({ kind: "model", endpoint: { model: name } }) as ChosenPolicy;
const gold = { kind: "gold", endpoint: null } as ChosenPolicy;
const stem = (given: GivenOptions, policy: ChosenPolicy) => createRunStem(composeRollout(given, "."), policy);

it("a run is named by environment, model, seed, replicate and time", () => {
  const name = stem({ env_config: "tau2bench/airline", seed: 42 }, model("Qwen/Qwen3-4B-Instruct-2507"));
  expect(createRunName(name, new Date(2025, 0, 2, 3, 4, 5))).toBe(
    "tau2bench-airline_Qwen3-4B-Instruct-2507_seed42_replicate0_20250102-030405",
  );
  expect(stem({ env_config: "tau2bench/smoke", project_name: "mine", replicate: "b" }, gold)).toBe(
    "mine_tau2bench-smoke_gold_seed0_replicateb",
  );
});

it("whatever is in a name, it can be a folder's", () => {
  const name = stem({ env_config: "tau2bench/smoke", project_name: "../a b", replicate: "*?" }, model("x/y:z\u{1F600}"));
  expect(name).toBe("a-b_tau2bench-smoke_y-z-_seed0_replicate-");
});
