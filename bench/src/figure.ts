/** One measured figure, as the bench's JSON holds it. */
export interface Figure {
  name: string;
  /** Null for what belongs to no domain. */
  domain: string | null;
  data: "starter" | "official" | null;
  /** Median. */
  value: number;
  unit: "µs" | "ms" | "bytes" | "1/s";
  /** The same of the peer, measured in the same run; null where it was not run. */
  peer: number | null;
  /** `peer / value`: how many times the peer's figure is ours. */
  ratio: number | null;
}

/** A figure that has not met its peer. */
export function figure(name: string, domain: string | null, data: Figure["data"], value: number, unit: Figure["unit"]): Figure {
  return { name, domain, data, value, unit, peer: null, ratio: null };
}
