import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findPackageFolder } from "./package-folder.ts";

test("a package is found from a module, and without a module from the program", () => {
  for (const from of [import.meta.url, undefined, "file:///no/such/place/bundle.js"]) {
    expect(existsSync(join(findPackageFolder("vitest", from) ?? "", "package.json")), String(from)).toBe(true);
  }
});

test("the folder of a package that is not installed is null", () => {
  expect(findPackageFolder("@tau2/no-such-package", import.meta.url)).toBeNull();
});
