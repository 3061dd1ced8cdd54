import type { EnvironmentConfig } from "../core/environment/execute-tool-call.ts";
import type { Toolkit } from "../core/domain/domain.ts";
import { hashDatabase } from "../core/schema/hash-database.ts";
import { isRecord } from "../core/json/json.ts";
import { check, type ContractCase } from "./contract-case.ts";

/** Creates the rules for data: hashes ignore key order, and tasks and splits fit together. */
export function createDataCases({ domain, data }: EnvironmentConfig): ContractCase[] {
  const sides: [string, Toolkit<unknown> | null, unknown][] = [
    ["agent", domain.agent, data.db],
    ["user", domain.user, data.userDb],
  ];
  return [
    ...sides.flatMap(([side, toolkit, db]) =>
      toolkit ? [createHashCase(`${domain.name}: the ${side} database's hash does not depend on key order`, toolkit, db)] : [],
    ),
    {
      name: `${domain.name}: the policy is not empty`,
      run: () =>
        check(
          data.policy.trim() !== "" && (!domain.solo || (data.soloPolicy ?? "").trim() !== ""),
          "the policy, or the solo policy, is empty",
        ),
    },
    {
      name: `${domain.name}: task ids are unique`,
      run() {
        const ids = data.tasks().map(({ id }) => id);
        const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
        check(twice.length === 0, `duplicate ids: ${twice.join(", ")}`);
      },
    },
    {
      name: `${domain.name}: splits contain known tasks, and train and test are disjoint`,
      run() {
        const ids = new Set(data.tasks().map(({ id }) => id));
        const splits = data.splits() ?? {};
        for (const [split, members] of Object.entries(splits)) {
          const unknown = members.filter((id) => !ids.has(id));
          check(unknown.length === 0, `split '${split}' names unknown tasks: ${unknown.join(", ")}`);
        }
        const shared = (splits["train"] ?? []).filter((id) => splits["test"]?.includes(id));
        check(shared.length === 0, `in both train and test: ${shared.join(", ")}`);
      },
    },
  ];
}

function createHashCase(name: string, toolkit: Toolkit<unknown>, db: unknown): ContractCase {
  return {
    name,
    run: () =>
      check(
        hashDatabase(toolkit.database, db) === hashDatabase(toolkit.database, reverseKeys(db)),
        "the hash depends on the order of keys",
      ),
  };
}

function reverseKeys(value: unknown): unknown {
  if (value instanceof Map) {
    return new Map([...(value as Map<string, unknown>)].toReversed().map(([key, item]) => [key, reverseKeys(item)]));
  }
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, reverseKeys(item)]),
  );
}
