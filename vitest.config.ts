import { defineConfig } from "vitest/config";

const packages = ["domains", "user-sim", "orchestrator", "gym", "cli"];

export default defineConfig({
  test: {
    projects: packages.map((name) => ({
      resolve: { conditions: ["@tau2/source"] },
      ssr: { resolve: { conditions: ["@tau2/source"], externalConditions: ["@tau2/source"] } },
      test: {
        name,
        root: `packages/${name}`,
        include: ["src/**/*.test.ts", "test/**/*.test.ts"],
        testTimeout: 60_000,
      },
    })),
  },
});
