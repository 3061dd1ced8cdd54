import { describe, expect, test } from "vitest";
import { ModelError } from "../model/model-error.ts";
import { scriptedModel } from "./scripted-model.ts";

const ask = (content: string) => ({ messages: [{ role: "user" as const, content }] });

describe("a scripted model", () => {
  test("replies to each call with the next step: text, parts of a reply, or a function", async () => {
    const model = scriptedModel([
      "one",
      { toolCalls: [{ id: "1", name: "f", arguments: {} }] },
      ({ messages }) => `heard ${messages[0]?.content}`,
    ]);
    expect(await model.complete(ask("a"))).toMatchObject({ content: "one", toolCalls: null, cost: 0, finishReason: "stop" });
    expect(await model.complete(ask("b"))).toMatchObject({ content: null, toolCalls: [{ name: "f" }], finishReason: "tool_calls" });
    expect(await model.complete(ask("c"))).toMatchObject({ content: "heard c" });
    expect(model.requests.map((request) => request.messages[0]?.content)).toEqual(["a", "b", "c"]);
  });

  test("throws the errors of its script", async () => {
    const overload = new ModelError("transient", "overloaded", { status: 529 });
    const model = scriptedModel([overload, () => overload, "fine"]);
    await expect(model.complete(ask("a"))).rejects.toBe(overload);
    await expect(model.complete(ask("a"))).rejects.toBe(overload);
    expect((await model.complete(ask("a"))).content).toBe("fine");
  });

  test("refuses a call that the script does not expect", async () => {
    const model = scriptedModel(["only"], { name: "judge" });
    await model.complete(ask("a"));
    await expect(model.complete(ask("b"))).rejects.toThrow("unexpected call 2 of model 'judge': its script has 1 steps");
  });

  test("reports the steps that were not used", async () => {
    const model = scriptedModel(["one", "two"]);
    await model.complete(ask("a"));
    expect(model.remaining).toBe(1);
    expect(() => model.assertDone()).toThrow("1 of 2 scripted steps are left");
    await model.complete(ask("b"));
    expect(() => model.assertDone()).not.toThrow();
  });

  test("a reply never has an empty list of calls", async () => {
    expect((await scriptedModel([{ content: "x", toolCalls: [] }]).complete(ask("a"))).toolCalls).toBeNull();
  });

  test("a cancelled call does not use a step", async () => {
    const model = scriptedModel(["one"]);
    await expect(model.complete({ ...ask("a"), signal: AbortSignal.abort() })).rejects.toMatchObject({ fault: "cancelled" });
    expect(model.remaining).toBe(1);
  });
});
