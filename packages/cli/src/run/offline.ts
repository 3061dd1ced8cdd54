import type { RunValues } from "../config/run-options.ts";

/** Whether nothing is asked of any endpoint. */
export function isOffline({ replay, replay_fallthrough: fallthrough }: RunValues): boolean {
  return replay !== undefined && !fallthrough;
}
