import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ProjectSequencer } from "./tests/setup/project-sequencer.ts";

const packages = ["domains", "user-sim", "orchestrator", "gym", "cli"];
const projects = [
  ...packages.map((name) => ({ name, root: `packages/${name}`, include: ["src/**/*.test.ts", "test/**/*.test.ts"] })),
  { name: "conformance", root: "conformance", include: ["src/**/*.test.ts"] },
  { name: "stress", root: "stress", include: ["src/**/*.test.ts"] },
  { name: "tests", root: "tests", include: ["**/*.test.ts"] },
];

/** Tests run on the sources. The conditions must be in each project: those at the top do not reach them. */
const conditions = ["@tau2/source"];

export default defineConfig({
  test: {
    sequence: { sequencer: ProjectSequencer },
    globalSetup: [fileURLToPath(new URL("tests/setup/scratch.ts", import.meta.url))],
    projects: projects.map(({ name, root, include }) => ({
      resolve: { conditions },
      ssr: { resolve: { conditions, externalConditions: conditions } },
      test: {
        name,
        root,
        include,
        setupFiles: ["no-console", "no-leftovers"].map((file) => fileURLToPath(new URL(`tests/setup/${file}.ts`, import.meta.url))),
        // Files of a worker share their modules: importing them anew for each file was most of the time. The code does not share state.
        isolate: false,
        // A machine may be busy, above all for tests that start processes. Only a test that hangs meets the limit.
        testTimeout: 120_000,
        hookTimeout: 120_000,
      },
    })),
  },
});
