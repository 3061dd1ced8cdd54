import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deepFreeze, updateState } from "./update-state.ts";

type Item = { count: number; tags: string[] };
type Db = { items: Record<string, Item>; note: string };
type State = { agent: Db; user: null };

const ids = Array.from({ length: 200 }, (_, i) => `id${i}`);
const itemOf = (count: number): Item => ({ count, tags: ["new"] });
const big = (): State => deepFreeze({ agent: { items: Object.fromEntries(ids.map((id, i) => [id, itemOf(i)])), note: "" }, user: null });

/** A step of a rule, with what the rule sees. */
type Step = (db: Db) => unknown;

const someId = fc.constantFrom("id0", "id7", "id199", "new", "12", "5");
const step: fc.Arbitrary<Step> = fc.oneof(
  someId.map(
    (id): Step =>
      ({ items }) =>
        items[id]?.count,
  ),
  someId.map(
    (id): Step =>
      ({ items }) =>
        id in items && Object.hasOwn(items, id),
  ),
  someId.map(
    (id): Step =>
      ({ items }) =>
        delete items[id],
  ),
  someId.map(
    (id): Step =>
      ({ items }) =>
        (items[id] = itemOf(-1)).count,
  ),
  someId.map(
    (id): Step =>
      ({ items }) =>
        items[id] && items[id].count++,
  ),
  someId.map(
    (id): Step =>
      ({ items }) =>
        items[id]?.tags.push(id),
  ),
  fc.tuple(someId, someId).map(
    ([id, other]): Step =>
      ({ items }) =>
        void (items[id] && items[other] && (items[id].tags = items[other].tags)),
  ),
  fc.tuple(someId, someId).map(
    ([id, other]): Step =>
      ({ items }) =>
        void (id !== other && items[id] && (items[other] = items[id])),
  ),
  fc.constant<Step>(({ items }) => Object.keys(items).join()),
  fc.constant<Step>(({ items }) => Object.entries(items).filter(([, { count }]) => count < 0).length),
  fc.constant<Step>(({ items }) => Object.values(items).find(({ tags }) => tags.length > 1)?.count),
  fc.constant<Step>((db) => (db.note += "n")),
  fc.constant<Step>((db) => void Object.assign(db.items, { late: itemOf(3) })),
  fc.constant<Step>((db) => void (db.items = Object.fromEntries(Object.entries(db.items).slice(1)))),
);

describe("a large map of records in a draft", () => {
  test("reads and changes like a plain map, over several states", () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 4 }), (rules) => {
        let state = big();
        for (const rule of rules) {
          const before = JSON.stringify(state);
          const plain = JSON.parse(before) as State;
          const next = updateState(state, ({ agent }) => rule.map((take) => take(agent)));
          expect(next).toEqual({ state: expect.anything() as State, value: rule.map((take) => take(plain.agent)) });
          expect(JSON.stringify(next.state)).toBe(JSON.stringify(plain));
          expect(JSON.stringify(state)).toBe(before);
          ({ state } = next);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("stays the same object if it was only read", () => {
    const state = big();
    expect(updateState(state, ({ agent }) => agent.items["id3"]!.count).state).toBe(state);
    const { state: noted } = updateState(state, ({ agent }) => (agent.note = `${agent.items["id3"]!.count}`));
    expect(noted.agent.items).toBe(state.agent.items);
  });

  test("shares unchanged records with the map before, and is frozen", () => {
    const state = big();
    const { items } = updateState(state, ({ agent }) => void agent.items["id3"]!.tags.push("x")).state.agent;
    expect(items["id4"]).toBe(state.agent.items["id4"]);
    expect([items, items["id3"], items["id3"]!.tags].every(Object.isFrozen)).toBe(true);
    expect(Object.getPrototypeOf(items)).toBe(Object.prototype);
  });

  test("keeps the changes before a throw", () => {
    const { state } = updateState(big(), ({ agent }) => {
      delete agent.items["id3"];
      throw new Error("then it broke");
    });
    expect(state.agent.items).not.toHaveProperty("id3");
  });
});
