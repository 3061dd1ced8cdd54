import type { Kind } from "../kind.ts";
import { actPrm } from "./act-prm.ts";
import { calls } from "./calls.ts";
import { evaluation } from "./evaluation.ts";
import { gold } from "./gold.ts";
import { gym } from "./gym.ts";
import { malformed } from "./malformed.ts";
import { metrics } from "./metrics.ts";
import { orchestrator } from "./orchestrator.ts";
import { results } from "./results.ts";
import { tools } from "./tools.ts";

/** All kinds of records, in the order of comparison: the bases of others come first. */
export const kinds: readonly Kind[] = [tools, calls, malformed, gold, evaluation, orchestrator, gym, metrics, results, actPrm];
