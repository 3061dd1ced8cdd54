/** Something that must hold, and why it does not. */
export interface Claim {
  claim: string;
  faults: readonly string[];
}

/** What was done, and what must hold of it. */
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

/** Whether all of it holds. */
export function holds({ claims }: Report): boolean {
  return claims.every(({ faults }) => faults.length === 0);
}
