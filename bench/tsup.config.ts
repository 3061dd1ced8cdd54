import { defineConfig } from "tsup";

/** The programs as plain files, so that they run without a loader and use the packages as they are built. */
export default defineConfig({
  entry: ["src/main.ts", "src/check-peer.ts", "src/slow-endpoint.ts"],
  format: "esm",
  target: "node20",
  clean: true,
});
