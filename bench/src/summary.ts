import { vectorCount, vectorLatencyMs } from "./cases/vector.ts";
import type { Figure } from "./figure.ts";
import { amount, times } from "./table.ts";

/** Main questions with their aims. */
interface Aim {
  says: string;
  /** Ours and the peer's, in the unit of the aim. */
  of(find: Find): { value: number; peer: number | null } | null;
  unit: Figure["unit"];
  limit: number;
  /** Aimed ratio to the peer's measurement, if there is such an aim. */
  ratio?: number;
}

/** Returns the measurement of a name in one domain. */
type Find = (name: string) => Figure | undefined;

const aims: readonly Aim[] = [
  { ...plain("reset"), says: "begin an episode", unit: "µs", limit: 50, ratio: 1000 },
  { ...plain("read_call"), says: "a call that reads", unit: "µs", limit: 200 },
  { ...plain("write_call"), says: "a call that writes", unit: "µs", limit: 200 },
  { ...plain("fork"), says: "branch an episode", unit: "µs", limit: 50 },
  { ...plain("evaluation"), says: "end it, with its grade", unit: "µs", limit: 2000 },
  { says: "10,000 live episodes", unit: "bytes", limit: 400e6, of: (find) => scaled(find("bytes_per_episode_10000"), 10_000) },
  { says: "what REST adds to a step", unit: "µs", limit: 1000, of: restOverhead },
];

/** Returns the main answers, from measurements over the official data, or over the starter data without official ones. */
export function summary(figures: readonly Figure[]): string[] {
  const data = figures.some((one) => one.data === "official") ? "official" : "starter";
  const domains = [...new Set(figures.filter((one) => one.data === data && one.domain !== "mock").map(({ domain }) => domain!))];
  const rows = aims.map((aim) => {
    const goal = `${amount(aim.limit, aim.unit)}${aim.ratio === undefined ? "" : `, ${times(aim.ratio)}`}`;
    const cells = domains.map((domain) => cell(aim, (name) => figures.find((one) => one.name === name && is(one, domain, data))));
    return [aim.says, ...cells, goal];
  });
  const lines = [["", ...domains, "aim"], ["---", ...domains.map(() => "---:"), "---:"], ...rows];
  return [...lines.map((cells) => `| ${cells.join(" | ")} |`), "", ...together(figures)];
}

function is(one: Figure, domain: string, data: Figure["data"]): boolean {
  return one.domain === domain && one.data === data;
}

function cell({ of, unit, limit, ratio }: Aim, find: Find): string {
  const found = of(find);
  if (!found) return "";
  const { value, peer } = found;
  const text = `${amount(value, unit)}${peer === null ? "" : ` (${times(peer / value)})`}`;
  const met = value <= limit && (ratio === undefined || peer === null || peer / value >= ratio);
  return met ? text : `**${text}**`;
}

/** Describes the result of many episodes with a slow model, in words. */
function together(figures: readonly Figure[]): string[] {
  const [steps, share] = ["vector_steps_per_second", "vector_cpu_share"].map((name) => figures.find((one) => one.name === name));
  if (!steps || !share) return [];
  return [
    `${whole(vectorCount)} episodes that talk concurrently with a model of ${vectorLatencyMs} ms take ${whole(steps.value)} steps a second; that latency alone would allow ${whole((1000 * vectorCount) / vectorLatencyMs)}. A core is busy for ${amount(share.value, "ratio")} of the time.`,
  ];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function plain(name: string): Pick<Aim, "of"> {
  return { of: (find) => scaled(find(name), 1) };
}

function scaled(one: Figure | undefined, by: number): ReturnType<Aim["of"]> {
  return one ? { value: one.value * by, peer: one.peer === null ? null : one.peer * by } : null;
}

/** Measurement without a counterpart: the peer does not have a server. */
function restOverhead(find: Find): ReturnType<Aim["of"]> {
  const [through, plainly] = [find("rest_step"), find("read_call")];
  return through && plainly ? { value: through.value - plainly.value, peer: null } : null;
}
