import { ModelError } from "@tau2/user-sim";
import { scriptedModel } from "@tau2/user-sim/testing";
import { expect, test } from "vitest";
import { agentEnv, buyMilk } from "../../test/chores.ts";
import { toTau2BenchReset, toTau2BenchStep } from "./reference.ts";

test("what is not there yet is an empty object", async () => {
  const env = agentEnv();
  const reset = toTau2BenchReset(await env.reset());
  expect(Object.keys(reset.info).toSorted()).toEqual(["policy", "simulation_run", "task", "tools"]);
  expect(reset.info.simulation_run).toEqual({});
  const step = toTau2BenchStep(await env.step(buyMilk));
  expect(step).toMatchObject({ reward: 0, terminated: false, truncated: false, info: { simulation_run: {}, reward_info: {} } });
});

test("every end is terminated, also one by a limit", async () => {
  const env = agentEnv({ maxSteps: 3 });
  await env.reset();
  expect(toTau2BenchStep(await env.step(buyMilk))).toMatchObject({ reward: 0, terminated: true, truncated: false });
});

test("a fault of the user ends the episode with reward 0 and nothing to show", async () => {
  const env = agentEnv({ user: scriptedModel(["Milk, please.", new ModelError("transient", "overloaded")]) });
  await env.reset();
  const { info, ...shown } = toTau2BenchStep(await env.step("Hello."));
  expect(shown).toEqual({ observation: "", reward: 0, terminated: true, truncated: false });
  expect(info).toMatchObject({ simulation_run: {}, reward_info: {} });
  expect(info).not.toHaveProperty("error");
});

test("a step that was not taken shows no grade", async () => {
  const env = agentEnv();
  await env.reset();
  expect(toTau2BenchStep(await env.step("")).info).not.toHaveProperty("reward_info");
  await env.step("done()");
  expect(toTau2BenchStep(await env.step("")).info).not.toHaveProperty("reward_info");
});
