import { readMetrics } from "./prometheus.ts";
import type { Claim } from "./claims.ts";

/** A server in a process of its own. */
export interface ServerProcess {
  url: string;
  signal(name: "SIGUSR2"): void;
  /** What it said on its standard error. */
  log(): string;
  /** Ends it, and tells its exit code. */
  stop(): Promise<number | null>;
}

/** Stops a server. What must hold of it: that it never failed by itself, and stops when it is told to. */
export async function serverClaims({ url, stop, log }: ServerProcess, token?: string): Promise<Claim[]> {
  const { sum } = await readMetrics(url, token);
  const figures = {
    "requests answered with 500": sum("tau2_http_request_seconds_count", { status: "500" }),
    "failures counted": sum("tau2_server_failures_total"),
  };
  const failures = Object.entries(figures).flatMap(([name, count]) => (count > 0 ? [`${name}: ${count}`] : []));
  const exitCode = await stop();
  return [
    { claim: "no fault of the server", faults: [...failures, ...unexpected(log())] },
    { claim: "the server stops when it is told to", faults: exitCode === 0 ? [] : [`its exit code is ${exitCode}`] },
  ];
}

/** What a server said, beside what it says when it starts and stops. */
function unexpected(log: string): string[] {
  return log.split("\n").filter((line) => line !== "" && !/^(serving |Stopping )/.test(line));
}
