import { expect, it } from "vitest";
import { compareIdentities } from "./run-identity.ts";

it("differences between a text and none do not show the hash of the text", () => {
  const role = { implementation: "llm_agent", llm: null, llm_args: null };
  const before = { agent: { ...role, prompt: null } };
  const now = { agent: { ...role, prompt: "a".repeat(64) } };
  expect(compareIdentities(before, now).map(({ text }) => text)).toEqual([expect.not.stringMatching(/a{64}/)]);
});
