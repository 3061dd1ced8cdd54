import { defineConfig } from "tsup";

/** The bench as one file, so that it runs without a loader and uses the packages as they are built. */
export default defineConfig({ entry: ["src/main.ts"], format: "esm", target: "node20", clean: true });
