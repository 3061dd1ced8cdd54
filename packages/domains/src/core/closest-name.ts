import { closestMatch } from "leven";

/**
 * Returns the known name that is most similar to the given one, or undefined if all differ by more than 40 %.
 * Ignores case, `-`, `_` and the order of letters: `closestName("Arline", ["airline", "retail"])` returns `"airline"`.
 */
export function closestName(given: string, known: Iterable<string>): string | undefined {
  const wanted = plain(given);
  const byPlain = new Map([...known].map((name) => [plain(name), name]));
  const swapped = [...byPlain.keys()].find((name) => sortLetters(name) === sortLetters(wanted));
  const match = swapped ?? closestMatch(wanted, [...byPlain.keys()], { maxDistance: Math.max(1, Math.round(wanted.length * 0.4)) });
  return match === undefined ? undefined : byPlain.get(match);
}

/** Returns `; did you mean 'airline'?` for the most similar known name, or an empty string. Append it to an error message. */
export function didYouMean(given: string, known: Iterable<string>): string {
  const match = closestName(given, known);
  return match === undefined ? "" : `; did you mean '${match}'?`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, "");
}

function sortLetters(text: string): string {
  return Array.from(text).toSorted().join("");
}
