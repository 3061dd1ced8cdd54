import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { listPublicNames } from "../scripts/lib/public-names.mjs";

test("every public name appears in a page, a README, an example, or the example of another name", () => {
  const entries = listPublicNames(fileURLToPath(new URL("..", import.meta.url)));
  expect(entries.length).toBeGreaterThan(20);
  expect(entries.flatMap(({ entry, unused }) => unused.map((name) => `${name} of ${entry}`))).toEqual([]);
});
