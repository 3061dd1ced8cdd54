/** Something that must hold, and why it does not. */
export interface Claim {
  claim: string;
  faults: readonly string[];
}

/** Counts of actions, and their claims. */
export interface Report {
  figures: readonly (readonly [name: string, value: string])[];
  claims: readonly Claim[];
}

/** A report as lines for people. */
export function reportText({ figures, claims }: Report): string {
  const lines = figures.map(([name, value]) => `${name.padEnd(24)}${value}`);
  const told = claims.flatMap(({ claim, faults }) => [
    `${faults.length === 0 ? "✓" : "✗"} ${claim}`,
    ...faults.slice(0, 10).map((fault) => `    ${fault}`),
    ...(faults.length > 10 ? [`    and ${faults.length - 10} more`] : []),
  ]);
  return [...lines, "", ...told].join("\n");
}

/** Returns true if all claims hold. */
export function holds({ claims }: Report): boolean {
  return claims.every(({ faults }) => faults.length === 0);
}
