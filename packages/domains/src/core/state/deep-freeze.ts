/** Freezes a value with all its parts, so that a rule that changes a shared state by mistake throws. Skips frozen parts. */
export function deepFreeze<T>(value: T): T {
  if (isLoose(value)) freeze(value);
  return value;
}

function freeze(value: object): void {
  Object.freeze(value);
  if (value instanceof Map) {
    for (const item of value.values()) if (isLoose(item)) freeze(item);
    return;
  }
  const record = value as Record<string, unknown>;
  // `for...in` instead of `Object.values()`: this runs after every write on large, mostly frozen maps.
  for (const key in record) {
    const item = record[key];
    if (isLoose(item)) freeze(item);
  }
}

function isLoose(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Object.isFrozen(value);
}
