/** One measurement, as the bench's JSON holds it. */
export interface Figure {
  name: string;
  /** Null for what belongs to no domain. */
  domain: string | null;
  data: "starter" | "official" | null;
  /** Median. */
  value: number;
  unit: "µs" | "ms" | "bytes" | "1/s" | "ratio";
  /** The same of the peer, measured in the same run; null where it was not run. */
  peer: number | null;
  /** `peer / value`: the ratio of the peer's measurement to ours. */
  ratio: number | null;
}

/** Creates a measurement, with its peer's if there is one. */
export function figure(
  name: string,
  domain: string | null,
  data: Figure["data"],
  value: number,
  unit: Figure["unit"],
  peer: number | null = null,
): Figure {
  return { name, domain, data, value, unit, peer, ratio: peer === null ? null : peer / value };
}

/** Measurements of the peer in one domain, by their names here, in the same units. */
export type PeerFigures = { readonly domain: string } & Readonly<Record<string, unknown>>;

/** Maps each of our ways to the peer's only one: it has neither server nor batches, so its users step its environment. */
const ofPeer: Readonly<Record<string, string>> = {
  rest_reset: "reset",
  ws_reset: "reset",
  rest_step: "read_call",
  ws_step: "read_call",
  batch_step: "read_call",
  rest_batch_step: "read_call",
};

/** Creates a measurement over the official data beside the peer's. */
export function beside({ name, domain, data, value, unit }: Figure, peers: readonly PeerFigures[]): Figure {
  const theirs = data === "official" ? peers.find((candidate) => candidate.domain === domain)?.[ofPeer[name] ?? name] : undefined;
  return figure(name, domain, data, value, unit, typeof theirs === "number" ? theirs : null);
}
