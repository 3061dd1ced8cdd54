import type { FaultResponse } from "./episode-status.ts";
import type { Mode } from "./settings.ts";

/** Origin of a session. */
export type Origin = "created" | "forked" | "imported" | "restored";

/** Something that happened in a server, for metrics and logs. */
export type ServerEvent =
  | { type: "session_opened"; sessionId: string; domain: string; mode: Mode; origin: Origin }
  | { type: "session_closed"; sessionId: string; domain: string; reason: "deleted" | "expired" }
  | {
      type: "step_taken";
      sessionId: string;
      domain: string;
      seconds: number;
      done: boolean;
      reward: number | null;
      fault: FaultResponse | null;
    }
  /** A session of the store that could not be brought back; it is left where it is. */
  | { type: "session_unreadable"; sessionId: string; error: unknown }
  /** A session could not be stored; it continues, but would not survive a restart. */
  | { type: "store_failed"; sessionId: string; error: unknown }
  /** A fault of the server itself, which a client received as such. */
  | { type: "internal_error"; error: unknown };
