/**
 * Every session of a soak has a marker, `mk-1x17` (round 1, session 17), its forks markers of their own, `mk-1x17f2`, and every step a tag,
 * `mk-1x17.3`, which goes through its words or the arguments of its call. What stands where it should not gives itself away by its tag.
 */
const pattern = /mk-\d+x\d+(?:f\d+)*(?:\.\d+)?/g;

/** The marker of a session. */
export function createMarker(round: number, session: number): string {
  return `mk-${round}x${session}`;
}

/** All tags and markers in a value, in their order. */
export function findTags(value: unknown): string[] {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.match(pattern) ?? [];
}

/** The session that a tag or marker comes from, the one that its forks began with. */
export function getFamily(tag: string): string {
  return /^mk-\d+x\d+/.exec(tag)?.[0] ?? "";
}
