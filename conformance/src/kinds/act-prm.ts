import { mixedKind, type Line } from "../kind.ts";
import { skipped } from "../outcome.ts";

/** The training environment, its rollouts and its pure functions: nothing of it exists here yet, so every line says so. */
export const actPrm = mixedKind<Line & { kind: string }>("act_prm", ({ kind }) =>
  skipped(`${kind}: the training environment comes with its own issue`),
);
