import type { Case, Kind } from "./kind.ts";
import type { Difference, Outcome } from "./outcome.ts";

/** Counts of one kind in one domain. */
export interface Cell {
  passed: number;
  failed: number;
  skipped: number;
}

/** A case that failed, with where it differs. */
export interface Failure {
  kind: string;
  domain: string | null;
  id: string;
  differences: readonly Difference[];
}

/** Number of times that a reason was given in a kind and a domain. */
export interface ReasonCount {
  kind: string;
  domain: string | null;
  reason: string;
  count: number;
}

/** Outcomes of all cases. */
export class Tally {
  /** The first failures of each kind, to be shown. */
  readonly failures: Failure[] = [];
  /** Kinds whose records are missing. */
  readonly missing: string[] = [];
  readonly #cells = new Map<string, Map<string, Cell>>();
  readonly #skips = new Map<string, ReasonCount>();
  readonly #partial = new Map<string, ReasonCount>();
  readonly #keep: number;

  /** @param keep failures kept of each kind */
  constructor(keep = 3) {
    this.#keep = keep;
  }

  add(of: Pick<Case, "kind" | "domain" | "id">, outcome: Outcome): void {
    const cell = this.cell(of.kind, of.domain);
    cell[outcome.status]++;
    if (outcome.status === "skipped") count(this.#skips, of, outcome.reason);
    if (outcome.status === "passed" && outcome.without) count(this.#partial, of, outcome.without);
    if (outcome.status === "failed" && this.failures.filter(({ kind }) => kind === of.kind).length < this.#keep) {
      this.failures.push({ kind: of.kind, domain: of.domain, id: of.id, differences: outcome.differences });
    }
  }

  /** Returns the counts of a kind in a domain, creating them if needed. */
  cell(kind: string, domain: string | null): Cell {
    const row = this.#cells.get(kind) ?? new Map<string, Cell>();
    this.#cells.set(kind, row);
    const key = domain ?? "";
    const cell = row.get(key) ?? { passed: 0, failed: 0, skipped: 0 };
    row.set(key, cell);
    return cell;
  }

  /** Kinds that had cases, in the order in which they came. */
  kinds(): string[] {
    return [...this.#cells.keys()];
  }

  /** The counts of a kind by domain; the empty name is for cases without a domain. */
  row(kind: Kind["name"]): ReadonlyMap<string, Cell> {
    return this.#cells.get(kind) ?? new Map<string, Cell>();
  }

  /** Why cases were skipped. */
  get skips(): ReasonCount[] {
    return [...this.#skips.values()];
  }

  /** Returns the parts that were left out of cases that passed otherwise. */
  get partial(): ReasonCount[] {
    return [...this.#partial.values()];
  }

  get total(): Cell {
    return sum([...this.#cells.values()].map((row) => sum(row.values())));
  }
}

/** The sum of counts. */
export function sum(cells: Iterable<Cell>): Cell {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of cells) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

function count(counts: Map<string, ReasonCount>, { kind, domain }: Pick<Case, "kind" | "domain">, reason: string): void {
  const key = [kind, domain, reason].join("\0");
  const entry = counts.get(key) ?? { kind, domain, reason, count: 0 };
  entry.count++;
  counts.set(key, entry);
}
