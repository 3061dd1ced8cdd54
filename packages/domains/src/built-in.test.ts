import { expect, test } from "vitest";
import { builtInDomains, type BuiltInName } from "./built-in.ts";
import { loadData } from "./data/index.ts";

test("every built-in domain has its name as key, and starter tasks", () => {
  const names: readonly BuiltInName[] = ["airline", "mock", "retail", "telecom", "telecom-workflow"];
  expect(builtInDomains.map(({ name }) => name)).toEqual(names);
  for (const domain of builtInDomains) expect(loadData(domain, { dataDir: null }).taskIds().length, domain.name).toBeGreaterThan(0);
});
