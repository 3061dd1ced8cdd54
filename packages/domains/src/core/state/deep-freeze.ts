/** Freezes a value that many environments share, so that a rule that changes it by mistake fails at once. Frozen parts are not walked again. */
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
  // Not by a list of the values: this runs after every write, over maps of thousands of records that are frozen but for one.
  for (const key in record) {
    const item = record[key];
    if (isLoose(item)) freeze(item);
  }
}

function isLoose(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Object.isFrozen(value);
}
