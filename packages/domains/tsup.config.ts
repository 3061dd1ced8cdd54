import { packageBuild } from "../../tsup.base.ts";

export default packageBuild({
  index: "src/index.ts",
  core: "src/core/index.ts",
  airline: "src/airline/index.ts",
  mock: "src/mock/index.ts",
  retail: "src/retail/index.ts",
  telecom: "src/telecom/index.ts",
  data: "src/data/index.ts",
  testing: "src/testing/index.ts",
});
