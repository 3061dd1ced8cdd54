import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { SessionPool } from "../core/session-pool.ts";
import type { ServerEvent } from "../core/session-manager.ts";

/** Metrics of a server. */
export interface ServerMetrics {
  readonly contentType: string;
  onEvent(event: ServerEvent): void;
  /** Records an HTTP request. `route` is the pattern, not the path. */
  onRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  /** Returns the metrics in Prometheus' text form. */
  toText(): Promise<string>;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Creates the metrics of a server, in their own registry. */
export function createServerMetrics(sessions: () => SessionPool): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  const opened = new Counter({ registers, name: "tau2_sessions_opened_total", help: "Sessions created", labelNames: ["domain", "origin"] });
  const closed = new Counter({ registers, name: "tau2_sessions_closed_total", help: "Sessions ended", labelNames: ["domain", "reason"] });
  const steps = new Histogram({
    registers,
    name: "tau2_step_seconds",
    help: "Time of a step, including the reply of the counterpart",
    labelNames: ["domain"],
    buckets: seconds,
  });
  const episodes = new Counter({
    registers,
    name: "tau2_episodes_done_total",
    help: "Episodes that ended",
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
    help: "Failures of the server itself",
    labelNames: ["kind"],
  });
  const storeFailing = new Gauge({ registers, name: "tau2_store_failing", help: "1 while sessions cannot be stored" });
  const requests = new Histogram({
    registers,
    name: "tau2_http_request_seconds",
    help: "Time of an HTTP request",
    labelNames: ["method", "route", "status"],
    buckets: seconds,
  });
  addGauge("tau2_sessions_active", "Sessions, including those that are being created", () => sessions().active);
  addGauge("tau2_sessions_max", "Largest number of sessions", () => sessions().max);
  addGauge("tau2_sessions_busy", "Sessions with a running step", () => [...sessions().all()].filter(({ isBusy }) => isBusy).length);
  addGauge("process_resident_memory_bytes", "Resident memory", () => process.memoryUsage.rss());
  addGauge("process_heap_bytes", "Heap in use", () => process.memoryUsage().heapUsed);
  addGauge("process_cpu_seconds_total", "Processor time", () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6);

  function addGauge(name: string, help: string, value: () => number): void {
    const gauge: Gauge = new Gauge({ registers, name, help, collect: () => gauge.set(value()) });
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
        case "store_recovered":
          storeFailing.set(0);
          break;
        case "store_failed":
          storeFailing.set(1);
          failures.inc({ kind: event.type });
          break;
        case "session_unreadable":
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
