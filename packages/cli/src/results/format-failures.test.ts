import type { SimulationRun } from "@tau2/orchestrator/results";
import { expect, it } from "vitest";
import { formatFailures } from "./format-failures.ts";

const verdicts = [
  { nl_assertion: "The agent apologises.", met: false, justification: "The agent never said sorry." },
  { nl_assertion: "The agent greets.", met: true, justification: "It said hello." },
];

function failures(basis: string[], reward = 0): string {
  const simulation = { messages: [], info: null, reward_info: { reward, reward_basis: basis, nl_assertions: verdicts } };
  return formatFailures(simulation as unknown as SimulationRun, { paint: (_style, text) => text }).join("\n");
}

it("an unmet assertion shows the judge's reason, and met ones are left out", () => {
  expect(failures(["NL_ASSERTION"])).toMatch(/apologises[^]*reason +The agent never said sorry/);
  expect(failures(["NL_ASSERTION"])).not.toContain("greets");
});

it("components outside the reward and successes do not show failures", () => {
  expect(failures(["DB"])).toBe("");
  expect(failures(["NL_ASSERTION"], 1)).toBe("");
});
