import { didYouMean } from "@tau2/domains/internal";
import { isMap, isScalar, LineCounter, parseDocument, type Document, type Pair } from "yaml";
import { UsageError } from "../errors.ts";
import { checkValue } from "./check-value.ts";
import type { Layer, Sourced, OptionTable } from "./option.ts";

/**
 * The options that a configuration file sets.
 * @param name as errors name the file
 * @throws UsageError with everything that is wrong in it, each with its line.
 */
export function readConfig(text: string, name: string, options: OptionTable): Layer {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map(({ message, pos }) => `${name}:${lines.linePos(pos[0]).line}: ${message}`);
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  const layer = new Map<string, Sourced>();
  for (const pair of getPairs(document, name)) {
    const { key, value, line } = read(pair, document, lines);
    const source = `${name}:${line}`;
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    const checked = option?.secret
      ? { problem: "holds a secret; give it on the command line, where it is not stored" }
      : option
        ? checkValue(key, option, value)
        : { problem: `unknown key '${key}'${didYouMean(key, Object.keys(options))}` };
    if ("value" in checked) layer.set(key, { value: checked.value, source });
    else problems.push(`${source}: ${option ? `${key} ${checked.problem}` : checked.problem}`);
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return layer;
}

function getPairs({ contents }: Document, name: string): readonly Pair[] {
  if (contents === null || (isScalar(contents) && contents.value === null)) return [];
  if (isMap(contents)) return contents.items;
  throw new UsageError(`${name}:1: a configuration is a mapping of options to values, such as 'domain: airline'`);
}

function read(pair: Pair, document: Document, lines: LineCounter): { key: string; value: unknown; line: number } {
  const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
  const start = isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
  const value: unknown = isScalar(pair.value)
    ? pair.value.value
    : ((pair.value as { toJS?(of: Document): unknown } | null)?.toJS?.(document) ?? null);
  return { key, value, line: lines.linePos(start).line };
}
