import { describe, expect, test } from "vitest";
import { deepFreeze, updateState } from "./update-state.ts";
import { diffStates } from "./diff-states.ts";
import { toPlainValue } from "../json/json.ts";
import { statesEqual } from "./equality.ts";

const before = { shelf: { a: { count: 1, tags: ["x"] }, b: { count: 2, tags: [] } }, log: new Map([["1", "one"]]) };

describe("the next state", () => {
  test("has the changes, shares the other parts, and does not change the state before", () => {
    const { state, ...outcome } = updateState(before, (draft) => (draft.shelf.a.count = 5));
    expect(outcome).toEqual({ value: 5 });
    expect(before.shelf.a.count).toBe(1);
    expect(state.shelf.a.count).toBe(5);
    expect(state.shelf.b).toBe(before.shelf.b);
    expect(state.log).toBe(before.log);
  });

  test("is the same object without changes", () => {
    expect(updateState(before, ({ shelf }) => shelf.a.count).state).toBe(before);
  });

  test("keeps the changes before a throw", () => {
    const { state, ...outcome } = updateState(before, (draft) => {
      draft.shelf.a.count = 9;
      throw new Error("then it broke");
    });
    expect(state.shelf.a.count).toBe(9);
    expect(outcome).toEqual({ thrown: new Error("then it broke") });
  });

  test("can be created from frozen data", () => {
    const frozen = deepFreeze(structuredClone(before));
    const { state } = updateState(frozen, (draft) => void draft.log.set("2", "two"));
    expect([...state.log.keys()]).toEqual(["1", "2"]);
    expect([...frozen.log.keys()]).toEqual(["1"]);
    expect(() => (frozen.shelf.a.count = 3)).toThrow(TypeError);
  });
});

describe("differences between states", () => {
  const diff = (change: (draft: typeof before) => void) => diffStates(before, updateState(before, change).state);

  test("are empty for equal states", () => expect(diffStates(before, structuredClone(before))).toEqual([]));

  test("name the paths of replaced, added and removed values, in path order", () => {
    const entries = diff((draft) => {
      draft.shelf.b.count = 3;
      (draft.shelf as Record<string, unknown>)["0"] = { count: 0 };
      delete (draft.shelf as Partial<typeof before.shelf>).a;
    });
    expect(entries).toEqual([
      { path: ["shelf", "0"], op: "add", value: { count: 0 } },
      { path: ["shelf", "a"], op: "remove", value: null },
      { path: ["shelf", "b", "count"], op: "replace", value: 3 },
    ]);
  });

  test("replace a list as a whole", () => {
    expect(diff((draft) => void draft.shelf.a.tags.push("y"))).toEqual([
      { path: ["shelf", "a", "tags"], op: "replace", value: ["x", "y"] },
    ]);
  });

  test("look into maps, and return them as objects", () => {
    expect(diff((draft) => void draft.log.set("2", "two"))).toEqual([{ path: ["log", "2"], op: "add", value: "two" }]);
    expect(diffStates({ log: null }, { log: new Map([["1", "one"]]) })).toEqual([{ path: ["log"], op: "replace", value: { "1": "one" } }]);
  });

  test("are found fast in ten thousand records with one change", () => {
    const big = { records: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`r${i}`, { i }])) };
    const reads: string[] = [];
    const watched = new Proxy(big.records["r5"]!, { ownKeys: (target) => (reads.push("r5"), Reflect.ownKeys(target)) });
    const shared = { records: { ...big.records, r5: watched } };
    expect(diffStates(shared, { records: { ...shared.records, r6: { i: 0 } } })).toEqual([
      { path: ["records", "r6", "i"], op: "replace", value: 0 },
    ]);
    expect(reads).toEqual([]);
  });
});

describe("statesEqual compares", () => {
  test.each([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: undefined }], a: 1 }, true],
    [new Map([["k", 1]]), { k: 1 }, true],
    [{ a: null }, {}, false],
    [[1, 2], [2, 1], false],
    [0, -0, false],
    [Number.NaN, Number.NaN, true],
    ["1", 1, false],
  ])("%j and %j: %j", (a, b, expected) => expect(statesEqual(a, b)).toBe(expected));
});

test("toPlainValue converts maps to objects", () => {
  expect(toPlainValue({ map: new Map([["k", [undefined, new Map()]]]) })).toEqual({ map: { k: [null, {}] } });
});
