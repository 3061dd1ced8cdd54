import { expect, test } from "vitest";
import { createRunName } from "./run-name.ts";

const started = new Date(2025, 0, 31, 10, 30, 5, 250);

test("a run is named after when and with whom it was made", () => {
  const agent = { implementation: "llm_agent", llm: "openai/gpt-4.1" };
  const user = { implementation: "user_simulator", llm: "models/tiny/" };
  expect(createRunName("airline", agent, user, started)).toBe("20250131_103005_airline_llm_agent_gpt-4.1_user_simulator_tiny");
});

test("who has no model leaves its name out", () => {
  const name = createRunName("mock", { implementation: "gold", llm: null }, { implementation: "scripted", llm: null }, started);
  expect(name).toBe("20250131_103005_mock_gold_scripted");
});
