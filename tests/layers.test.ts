import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

interface Manifest {
  name: string;
  version: string;
  license: string;
  private?: boolean;
  sideEffects: boolean;
  engines: { node: string };
  dependencies: Record<string, string>;
  exports: Record<string, string | Record<string, unknown>>;
  bin?: Record<string, string>;
}

/**
 * Dependencies between packages, and their entries. Both are promises: a change of one is repeated here, with
 * a changeset and a record in docs/decisions.
 */
const pins: Record<string, { knows: string[]; offers: string[] }> = {
  domains: {
    knows: [],
    offers: [
      ".",
      "./internal",
      "./built-in",
      "./airline",
      "./mock",
      "./retail",
      "./telecom",
      "./data",
      "./data/*",
      "./ai-sdk",
      "./mcp",
      "./openai",
      "./openapi",
      "./testing",
      "./package.json",
    ],
  },
  "user-sim": { knows: ["@tau2/domains"], offers: [".", "./defaults", "./internal", "./testing", "./package.json"] },
  orchestrator: {
    knows: ["@tau2/domains", "@tau2/user-sim"],
    offers: [".", "./defaults", "./evaluate", "./internal", "./metrics", "./results", "./store", "./package.json"],
  },
  gym: {
    knows: ["@tau2/domains", "@tau2/orchestrator", "@tau2/user-sim"],
    offers: [".", "./defaults", "./internal", "./server", "./training", "./package.json"],
  },
  cli: { knows: ["@tau2/domains", "@tau2/gym", "@tau2/orchestrator", "@tau2/user-sim"], offers: [".", "./package.json"] },
};

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(new URL(`../packages/${name}/package.json`, import.meta.url), "utf8")) as Manifest;
}

describe.each(Object.entries(pins))("@tau2/%s", (name, { knows, offers }) => {
  const manifest = manifestOf(name);

  test("knows only the layers below it", () => {
    const own = Object.entries(manifest.dependencies).filter(([dependency]) => dependency.startsWith("@tau2/"));
    expect(own.map(([dependency]) => dependency).toSorted()).toEqual(knows);
    expect(own.every(([, range]) => range === "workspace:^")).toBe(true);
  });

  test("offers these entries", () => {
    expect(Object.keys(manifest.exports).toSorted()).toEqual(offers.toSorted());
  });

  test("offers each entry as source, ESM and CJS, each with its own types", () => {
    for (const [path, target] of Object.entries(manifest.exports)) {
      if (typeof target === "string") continue;
      // An entry that needs Node says so in a browser.
      const browser = "browser" in target ? ["browser"] : [];
      expect(Object.keys(target), path).toEqual(["@tau2/source", ...browser, "import", "require"]);
      expect(target["import"], path).toEqual({ types: expect.stringMatching(/\.d\.ts$/), default: expect.stringMatching(/\.js$/) });
      expect(target["require"], path).toEqual({ types: expect.stringMatching(/\.d\.cts$/), default: expect.stringMatching(/\.cjs$/) });
    }
  });

  test("can be published: named, licensed, and for the Node versions that the project supports", () => {
    expect(manifest).toMatchObject({ name: `@tau2/${name}`, license: "MIT", sideEffects: false, engines: { node: ">=20.19" } });
    expect(manifest.private).toBeUndefined();
  });
});

test("the only command is tau2", () => {
  const commands = Object.keys(pins).flatMap((name) => Object.keys(manifestOf(name).bin ?? {}));
  expect(commands).toEqual(["tau2"]);
});
