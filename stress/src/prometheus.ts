/** Metrics in Prometheus' text form. */
export interface Prometheus {
  /** Sums all series of a name that have these labels; 0 without one. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number;
}

/** Reads what a server's `/metrics` says. */
export function parsePrometheus(text: string): Prometheus {
  const series = text.split("\n").flatMap((line) => {
    const [, name, inner = "", value] = /^([a-z0-9_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const labels = Object.fromEntries([...inner.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, said]) => [key!, said!]));
    return [{ name, labels, value: Number(value) }];
  });
  return {
    sum: (name, wanted = {}) =>
      series
        .filter((one) => one.name === name && Object.entries(wanted).every(([key, said]) => one.labels[key] === said))
        .reduce((total, { value }) => total + value, 0),
  };
}

/** Reads the current metrics of a server. */
export async function readMetrics(url: string, token?: string): Promise<Prometheus> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return parsePrometheus(await (await fetch(`${url}/metrics`, { headers })).text());
}
