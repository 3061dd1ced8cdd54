import { subjectOf, type Subject } from "./domains.ts";
import type { Case, Context, Kind } from "./kind.ts";
import type { Outcome } from "./outcome.ts";
import { Tally } from "./tally.ts";

/** Selection of comparisons. */
export interface RunOptions {
  kinds: readonly Kind[];
  /** The records: a folder with `KIND.jsonl.gz` files. */
  vectorsDir: string;
  /** The data that they were made with. */
  dataDir: string;
  /** Only cases of these domains, and of none; null for all. */
  domains?: readonly string[] | null;
  /** Told of each kind when it is through. */
  onKind?: (kind: string, tally: Tally) => void;
}

/** Makes all comparisons, one after the other. A comparison that throws has failed. */
export async function run({ kinds, vectorsDir, dataDir, domains = null, onKind }: RunOptions): Promise<Tally> {
  const subjects = new Map<string, Subject | null>();
  const context: Context = {
    vectorsDir,
    dataDir,
    subject(name) {
      if (!subjects.has(name)) subjects.set(name, subjectOf(name, dataDir));
      return subjects.get(name) ?? null;
    },
  };
  const tally = new Tally();
  for (const kind of kinds) {
    const cases = kind.cases(context);
    if (!cases) tally.missing.push(kind.name);
    for await (const candidate of cases ?? []) {
      if (domains && candidate.domain !== null && !domains.includes(candidate.domain)) continue;
      tally.add(candidate, await toOutcome(candidate));
    }
    onKind?.(kind.name, tally);
  }
  return tally;
}

async function toOutcome(candidate: Case): Promise<Outcome> {
  try {
    return await candidate.check();
  } catch (thrown) {
    return { status: "failed", differences: [{ path: "(the comparison)", expected: "comes to an end", actual: thrown }] };
  }
}
