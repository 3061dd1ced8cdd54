import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";

/** The machine that figures were measured on, in a line. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? arch();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${availableParallelism()} cores of ${model}, ${memory} GiB, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}`;
}
