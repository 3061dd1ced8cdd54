import { expect, it } from "vitest";
import { normalizeRolloutArgv } from "./normalize-argv.ts";

it("options may be written as in the originals; values stay as they are", () => {
  expect(normalizeRolloutArgv(["rollout", "--env_config", "a_b", "--run_name=x_y=z", "--seed", "1"])).toEqual([
    "rollout",
    "--env-config",
    "a_b",
    "--run-name=x_y=z",
    "--seed",
    "1",
  ]);
});

it.each([
  [
    ["config", "show", "rollout", "--json"],
    ["config", "rollout", "--json"],
  ],
  [
    ["config", "show", "--trainer_config=x"],
    ["config", "rollout", "--trainer-config=x"],
  ],
  [
    ["config", "show", "-d", "airline"],
    ["config", "show", "-d", "airline"],
  ],
])("%j is %j", (words, meant) => {
  expect(normalizeRolloutArgv(words)).toEqual(meant);
});
