import { mock } from "@tau2/domains/mock";
import { expect, test } from "vitest";
import { AgentEnv, type AgentEnvOptions } from "./agent-env.ts";

const made = (options: object) => () => new AgentEnv(options as AgentEnvOptions);

test("names in place of values are refused with what to give", () => {
  expect(made({ domain: "mock" })).toThrow(/domain is .*'mock'/);
  expect(made({})).toThrow(/domain is of type undefined/);
  expect(made({ domain: mock, user: "gpt-4.1" })).toThrow(/'gpt-4.1' is a name/);
});
