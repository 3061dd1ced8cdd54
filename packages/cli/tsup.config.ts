import { cpSync } from "node:fs";
import { packageBuild } from "../../tsup.base.ts";

export default packageBuild({
  entry: { main: "src/main.ts" },
  async onSuccess() {
    // An installed package finds the presets beside its code.
    cpSync("../../configs", "dist/configs", { recursive: true });
  },
});
