import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";

/** Describes the machine in a line, with its current load. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? arch();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${availableParallelism()} cores of ${model}, ${memory} GiB, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}; load ${loadavg()[0]!.toFixed(1)} at the beginning`;
}
