import type { Subject } from "./domains.ts";
import { linesFile, readLines } from "./lines.ts";
import { skipped, type Outcome } from "./outcome.ts";

/** Context of every comparison. */
export interface Context {
  /** Folder of the records. */
  readonly vectorsDir: string;
  /** The data that the records were made with. */
  readonly dataDir: string;
  /** The domain of that name; null when it does not exist here. */
  subject(domain: string): Subject | null;
}

/** One comparison, ready to be made. */
export interface Case {
  readonly kind: string;
  /** Null for what belongs to no domain. */
  readonly domain: string | null;
  readonly id: string;
  check(): Outcome | Promise<Outcome>;
}

/** The records of one file, or folder, of that name. */
export interface Kind {
  readonly name: string;
  /** Null if the directory lacks these records. */
  cases(context: Context): AsyncIterable<Case> | null;
}

/** Fields that the lines of all kinds have in common. */
export interface Line {
  domain?: string | null;
  id?: string;
}

/** A kind whose cases are the lines of a file. Lines of a domain that does not exist here are skipped before `check` sees them. */
export function lineKind<L extends Line>(
  name: string,
  check: (line: L, subject: Subject, context: Context) => Outcome | Promise<Outcome>,
  id?: (line: L) => string,
): Kind {
  return mixedKind<L>(name, (line, context) => inDomain(line, context, (subject) => check(line, subject, context)), id);
}

/** A kind whose file also has lines that belong to no domain. */
export function mixedKind<L extends Line>(
  name: string,
  check: (line: L, context: Context) => Outcome | Promise<Outcome>,
  id: (line: L) => string = ({ id: own }) => own ?? name,
): Kind {
  return {
    name,
    cases(context) {
      const path = linesFile(context.vectorsDir, name);
      return path === null ? null : casesOf(path, context);
    },
  };

  async function* casesOf(path: string, context: Context): AsyncGenerator<Case> {
    for await (const line of readLines<L>(path)) {
      yield { kind: name, domain: line.domain ?? null, id: id(line), check: () => check(line, context) };
    }
  }
}

/** Hands a line's domain to a comparison, or skips the line of an unknown domain. */
export function inDomain(
  line: Line,
  context: Context,
  check: (subject: Subject) => Outcome | Promise<Outcome>,
): Outcome | Promise<Outcome> {
  const subject = context.subject(line.domain ?? "");
  return subject ? check(subject) : skipped(`domain ${line.domain} does not exist here`);
}
