import { packageBuild } from "../../tsup.base.ts";

export default packageBuild({
  entry: { worker: "src/training/blocking/worker.ts" },
});
