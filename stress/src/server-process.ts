import { readMetrics } from "./prometheus.ts";
import type { Claim } from "./report.ts";

/** A server in a process of its own. */
export interface ServerProcess {
  url: string;
  signal(name: "SIGUSR2"): void;
  /** Its standard error. */
  log(): string;
  /** Ends it, and tells its exit code. */
  stop(): Promise<number | null>;
}

/** Stops a server and checks that it never failed by itself, and stops on the signal. */
export async function checkServer({ url, stop, log }: ServerProcess, token?: string): Promise<Claim[]> {
  const { sum } = await readMetrics(url, token);
  const metrics = {
    "requests answered with 500": sum("tau2_http_request_seconds_count", { status: "500" }),
    "failures counted": sum("tau2_server_failures_total"),
  };
  const failures = Object.entries(metrics).flatMap(([name, count]) => (count > 0 ? [`${name}: ${count}`] : []));
  const exitCode = await stop();
  return [
    { claim: "no fault of the server", faults: [...failures, ...findUnexpectedLines(log())] },
    { claim: "the server stops on the signal", faults: exitCode === 0 ? [] : [`its exit code is ${exitCode}`] },
  ];
}

/** Returns the server's output without the lines of its start and stop. */
function findUnexpectedLines(log: string): string[] {
  return log.split("\n").filter((line) => line !== "" && !/^(serving |Stopping )/.test(line));
}
