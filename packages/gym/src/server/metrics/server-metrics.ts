import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { SessionPool } from "../core/session-pool.ts";
import type { ServerEvent } from "../core/session-manager.ts";

/** Metrics of a server in Prometheus' text form. */
export interface ServerMetrics {
  readonly contentType: string;
  onEvent(event: ServerEvent): void;
  /** An HTTP request that was answered; `route` is the pattern, not the path. */
  onRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  /** Returns the metrics in Prometheus' text form. */
  toText(): Promise<string>;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Metrics of one server, in a registry of its own. */
export function createServerMetrics(sessions: () => SessionPool): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  const opened = new Counter({ registers, name: "tau2_sessions_opened_total", help: "Sessions begun", labelNames: ["domain", "origin"] });
  const closed = new Counter({ registers, name: "tau2_sessions_closed_total", help: "Sessions ended", labelNames: ["domain", "reason"] });
  const steps = new Histogram({
    registers,
    name: "tau2_step_seconds",
    help: "Time of a step, the counterpart's answer included",
    labelNames: ["domain"],
    buckets: seconds,
  });
  const episodes = new Counter({
    registers,
    name: "tau2_episodes_done_total",
    help: "Episodes that came to an end",
    labelNames: ["domain", "graded"],
  });
  const rewards = new Counter({
    registers,
    name: "tau2_episode_reward_sum",
    help: "Sum of the rewards of graded episodes",
    labelNames: ["domain"],
  });
  const faults = new Counter({
    registers,
    name: "tau2_faults_total",
    help: "Episodes ended by a fault of another role than the learner",
    labelNames: ["domain", "class", "role"],
  });
  const failures = new Counter({
    registers,
    name: "tau2_server_failures_total",
    help: "What the server itself failed to do",
    labelNames: ["kind"],
  });
  const requests = new Histogram({
    registers,
    name: "tau2_http_request_seconds",
    help: "Time of an HTTP request",
    labelNames: ["method", "route", "status"],
    buckets: seconds,
  });
  gauge("tau2_sessions_active", "Sessions there are, with those about to begin", () => sessions().active);
  gauge("tau2_sessions_max", "Sessions there may be", () => sessions().max);
  gauge("tau2_sessions_busy", "Sessions with a step under way", () => [...sessions().all()].filter(({ isBusy }) => isBusy).length);
  gauge("process_resident_memory_bytes", "Resident memory", () => process.memoryUsage.rss());
  gauge("process_heap_bytes", "Heap in use", () => process.memoryUsage().heapUsed);
  gauge("process_cpu_seconds_total", "Processor time", () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6);

  function gauge(name: string, help: string, value: () => number): void {
    const made: Gauge = new Gauge({ registers, name, help, collect: () => made.set(value()) });
  }

  return {
    contentType: registry.contentType,
    onEvent(event) {
      switch (event.type) {
        case "session_opened":
          opened.inc({ domain: event.domain, origin: event.origin });
          break;
        case "session_closed":
          closed.inc({ domain: event.domain, reason: event.reason });
          break;
        case "step_taken": {
          const { domain, done, reward, fault } = event;
          steps.observe({ domain }, event.seconds);
          if (done) episodes.inc({ domain, graded: String(reward !== null) });
          if (done && reward !== null) rewards.inc({ domain }, reward);
          if (fault) faults.inc({ domain, class: fault.class, role: fault.role });
          break;
        }
        case "session_unreadable":
        case "store_failed":
        case "internal_error":
          failures.inc({ kind: event.type });
          break;
      }
    },
    onRequest({ method, route, status, seconds: taken }) {
      requests.observe({ method, route, status }, taken);
    },
    toText: () => registry.metrics(),
  };
}
