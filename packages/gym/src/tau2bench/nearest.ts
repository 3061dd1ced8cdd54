import { closestMatch } from "leven";

/** The end of a sentence about an unknown name: `; did you mean 'domain'?` where one is near, else all that there are. */
export function nearestOf(given: string, known: readonly string[]): string {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[-_]/g, "");
  const byPlain = new Map(known.map((name) => [plain(name), name]));
  const wanted = plain(given);
  const match = closestMatch(wanted, [...byPlain.keys()], { maxDistance: Math.max(1, Math.round(wanted.length * 0.4)) });
  return match === undefined ? `; there are ${known.join(", ")}` : `; did you mean '${byPlain.get(match)}'?`;
}
