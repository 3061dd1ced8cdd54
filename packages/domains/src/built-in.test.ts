import { expect, test } from "vitest";
import { builtInDomains } from "./built-in.ts";
import { loadData } from "./data/index.ts";

test("every domain that comes with the package has a name of its own, and tasks that come with it", () => {
  const names = builtInDomains.map(({ name }) => name);
  expect(names).toEqual(["airline", "mock", "retail", "telecom", "telecom-workflow"]);
  for (const domain of builtInDomains) expect(loadData(domain, { dataDir: null }).taskIds().length, domain.name).toBeGreaterThan(0);
});
