/** Property that must hold, and its violations. */
export interface Claim {
  claim: string;
  faults: readonly string[];
}

/** Measurements of a run, and its claims. */
export interface Report {
  metrics: readonly (readonly [name: string, value: string])[];
  claims: readonly Claim[];
}

/** Formats a report as text. */
export function formatReport({ metrics, claims }: Report): string {
  const lines = metrics.map(([name, value]) => `${name.padEnd(24)}${value}`);
  const results = claims.flatMap(({ claim, faults }) => [
    `${faults.length === 0 ? "✓" : "✗"} ${claim}`,
    ...faults.slice(0, 10).map((fault) => `    ${fault}`),
    ...(faults.length > 10 ? [`    and ${faults.length - 10} more`] : []),
  ]);
  return [...lines, "", ...results].join("\n");
}

/** Returns true if all claims hold. */
export function isPassed({ claims }: Report): boolean {
  return claims.every(({ faults }) => faults.length === 0);
}
