import { isTau2Error } from "@tau2/domains";
import { scriptedModel } from "@tau2/user-sim/testing";
import { describe, expect, test } from "vitest";
import { asks, conversation, says } from "../../test/to-dos.ts";
import { nlJudge } from "./nl-judge.ts";

const assertions = ["The agent greets", "The agent does not swear"];
const messages = conversation([says("Hello"), { name: "get_users", arguments: {} }, asks("Bye ###STOP###")]);
const reply = (mets: boolean[]) => ({
  results: mets.map((metExpectation, i) => ({ expectedOutcome: assertions[i] ?? "?", reasoning: `reason ${i}`, metExpectation })),
});
const good = JSON.stringify(reply([true, false]));
const ask = (model: ReturnType<typeof scriptedModel>) => nlJudge({ model }).judge({ assertions, messages });

test("the judge gets the conversation and the assertions, and returns one verdict each", async () => {
  const model = scriptedModel([{ content: good, cost: 0.5, usage: { prompt_tokens: 100, completion_tokens: 20 } }], { name: "wise" });
  expect(await ask(model)).toEqual({
    verdicts: [
      { met: true, justification: "reason 0" },
      { met: false, justification: "reason 1" },
    ],
    effort: { model: "wise", attempts: 1, cost: 0.5, usage: { prompt_tokens: 100, completion_tokens: 20 } },
  });
  const request = model.requests[0]!;
  expect(request.messages[1]?.content).toContain("assistant: Hello\nassistant: None\ntool: [");
  expect(request.messages[1]?.content).toContain('"The agent does not swear"');
  expect(request.parameters).toEqual({ temperature: 0 });
  expect(request.responseSchema?.schema).toMatchObject({ required: ["results"] });
});

describe("a judge's answer is also accepted", () => {
  test.each([
    ["in a code fence", `\`\`\`json\n${good}\n\`\`\``],
    ["with words around it", `Here you are: ${good} I hope that helps.`],
    [
      "with its entries in another order, when they repeat the assertions",
      JSON.stringify({ results: reply([true, false]).results.toReversed() }),
    ],
  ])("%s", async (_, content) => expect((await ask(scriptedModel([content]))).verdicts.map(({ met }) => met)).toEqual([true, false]));
});

describe("an answer is sent back with the problem when", () => {
  test.each([
    ["it is not JSON", "They were all met.", "is not JSON"],
    ["it is empty", null, "is empty"],
    ["its form is different", '{"verdicts": []}', "results"],
    ["a verdict is missing", JSON.stringify(reply([true])), "1 entries where 2 statements"],
    ["all verdicts are missing, which tau2-bench counts as met", '{"results": []}', "0 entries where 2 statements"],
    ["it has one verdict too many", JSON.stringify(reply([true, true, true])), "3 entries where 2 statements"],
  ])("%s", async (_, content, complaint) => {
    const model = scriptedModel([
      { content, cost: 0.5 },
      { content: good, cost: 0.25 },
    ]);
    const { verdicts, effort } = await ask(model);
    expect(verdicts).toHaveLength(2);
    expect(effort).toMatchObject({ attempts: 2, cost: 0.75, usage: null });
    expect(model.requests[1]?.messages.at(-1)?.content).toContain(complaint);
  });
});

test("a judge whose second answer is unusable is a fault `reply`", async () => {
  await expect(ask(scriptedModel(["no", "still no"], { name: "dull" }))).rejects.toEqual(
    expect.toSatisfy(
      (error) => isTau2Error(error, "model") && "fault" in error && error.fault === "reply" && error.message.includes("'dull'"),
    ),
  );
});

test("one unknown cost makes the judge's cost null", async () => {
  expect((await ask(scriptedModel([{ content: "", cost: null }, good]))).effort.cost).toBeNull();
});
