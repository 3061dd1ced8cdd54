import { didYouMean, isRecord, Tau2Error } from "@tau2/domains";

/** Refuses what nobody would look at. @throws Tau2Error `invalid` naming the keyword and the one that was probably meant */
export function checkKeywords(of: string, given: object, known: readonly string[]): void {
  if (!isRecord(given)) throw new Tau2Error("invalid", `${of} takes one object of keywords: ${known.join(", ")}`);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new Tau2Error("invalid", `${of} has no keyword '${unknown}'${didYouMean(unknown, known) || `; there are ${known.join(", ")}`}`);
}
