import { mock } from "@tau2/domains/mock";
import { expect, test } from "vitest";
import { AgentEnv, type AgentEnvOptions } from "./agent-env.ts";

const made = (options: object) => () => new AgentEnv(options as AgentEnvOptions);

test("names in place of values are refused with what to give", () => {
  expect(made({ domain: "mock" })).toThrow(/domain is the text 'mock': give a domain's value, such as `mock`/);
  expect(made({})).toThrow(/domain is of type undefined/);
  expect(made({ domain: mock, user: "gpt-4.1" })).toThrow(/'gpt-4.1' cannot take part: give a model, such as openAiModel/);
});
