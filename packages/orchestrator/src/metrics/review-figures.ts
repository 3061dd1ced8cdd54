import { isRecord } from "@tau2/domains/internal";
import type { Json } from "@tau2/domains";

/** Counts over the reviews that other programs stored with the simulations (docs/spec/core.md#8). */
export interface ReviewMetrics {
  agent_errors_by_severity: Record<string, number>;
  user_errors_by_severity: Record<string, number>;
  /** Simulations by the worst error of a side; `none` where it made none. */
  sims_by_max_agent_severity: Record<string, number>;
  sims_by_max_user_severity: Record<string, number>;
  /** Simulations by whose critical error came first. */
  sims_by_first_critical_source: Record<string, number>;
  agent_error_tags_by_severity: Record<string, Record<string, number>>;
  user_error_tags_by_severity: Record<string, Record<string, number>>;
}

type Side = "agent" | "user";
interface ReviewError {
  source: Side;
  severity: string;
  turn: number;
  tags: string[];
}

const worst = { agent: ["critical", "minor"], user: ["critical_hindered", "critical_helped", "minor"] } as const;

/** Figures of all simulations that have a review. */
export function computeReviewMetrics(simulations: readonly { review: Json }[]): ReviewMetrics {
  const figures: ReviewMetrics = {
    agent_errors_by_severity: {},
    user_errors_by_severity: {},
    sims_by_max_agent_severity: {},
    sims_by_max_user_severity: {},
    sims_by_first_critical_source: {},
    agent_error_tags_by_severity: {},
    user_error_tags_by_severity: {},
  };
  for (const { review } of simulations) {
    if (!isRecord(review)) continue;
    const errors = errorsOf(review);
    for (const { source, severity, tags } of errors) {
      count(figures[`${source}_errors_by_severity`], severity);
      for (const tag of tags) count((figures[`${source}_error_tags_by_severity`][tag] ??= {}), severity);
    }
    for (const side of ["agent", "user"] as const) {
      const max = worst[side].find((severity) => errors.some((error) => error.source === side && error.severity === severity));
      count(figures[`sims_by_max_${side}_severity`], max ?? "none");
    }
    const critical = errors.filter(({ severity }) => severity.startsWith("critical")).toSorted((a, b) => a.turn - b.turn)[0];
    count(figures.sims_by_first_critical_source, critical?.source ?? "none");
  }
  return figures;
}

function errorsOf(review: Record<string, unknown>): ReviewError[] {
  const list: unknown[] = Array.isArray(review["errors"]) ? review["errors"] : [];
  return list.filter(isRecord).flatMap(({ source, severity, turn_idx, error_tags }) => {
    if ((source !== "agent" && source !== "user") || typeof severity !== "string") return [];
    const tags = Array.isArray(error_tags) ? error_tags.map(String) : [];
    return { source, severity, tags, turn: typeof turn_idx === "number" ? turn_idx : Infinity };
  });
}

function count(into: Record<string, number>, key: string): void {
  into[key] = (into[key] ?? 0) + 1;
}
