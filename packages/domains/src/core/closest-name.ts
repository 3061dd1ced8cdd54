import { closestMatch } from "leven";

/**
 * The known name that differs least from the given one, if it differs little. Case, and `-` or `_`, make no difference.
 *
 * ```ts
 * nearest("arline", ["airline", "retail"]); // "airline"
 * ```
 */
export function closestName(given: string, known: Iterable<string>): string | undefined {
  const wanted = plain(given);
  const byPlain = new Map([...known].map((name) => [plain(name), name]));
  const match = closestMatch(wanted, [...byPlain.keys()], { maxDistance: Math.max(1, Math.round(wanted.length * 0.4)) });
  return match === undefined ? undefined : byPlain.get(match);
}

/** The name that was probably meant, as the end of a sentence: `; did you mean 'airline'?`. Empty when none is near. */
export function didYouMean(given: string, known: Iterable<string>): string {
  const match = closestName(given, known);
  return match === undefined ? "" : `; did you mean '${match}'?`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, "");
}
