import { packageBuild } from "../../tsup.base.ts";

export default packageBuild({
  entry: { worker: "src/tau2bench/blocking/worker.ts" },
});
