import type { RunEvent } from "@tau2/orchestrator";

/** Shows how a run goes on. */
export interface Progress {
  event(event: RunEvent): void;
  /** A line between the others. */
  note(text: string): void;
  /** Takes away what is only there while it runs. */
  stop(): void;
}
