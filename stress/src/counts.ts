/** Counter of events by name. */
export class Counts {
  readonly #byName = new Map<string, number>();

  add(name: string, count = 1): void {
    this.#byName.set(name, this.get(name) + count);
  }

  get(name: string): number {
    return this.#byName.get(name) ?? 0;
  }

  /** Adds what others have counted. */
  addAll(others: Counts): void {
    for (const [name, count] of others.#byName) this.add(name, count);
  }

  /** Formats the counts, the highest first, such as `200: 17, 409: 3`. */
  toString(): string {
    const sorted = [...this.#byName].toSorted(([, a], [, b]) => b - a);
    return sorted.map(([name, count]) => `${name}: ${count.toLocaleString("en")}`).join(", ");
  }
}
