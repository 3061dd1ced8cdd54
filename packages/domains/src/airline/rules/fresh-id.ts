/** The first id of a fixed list that is not taken. The reference gives out no others (spec airline 2.1, 2.7). */
export function freshId(ids: readonly string[], taken: object): string | undefined {
  return ids.find((id) => !Object.hasOwn(taken, id));
}
