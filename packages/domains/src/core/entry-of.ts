/** The record of an id, or undefined. Ids come from models: only own keys count. */
export function getOwn<T>(map: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(map, id) ? map[id] : undefined;
}
