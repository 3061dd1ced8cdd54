import { setMaxListeners } from "node:events";

/** A signal that any number of episodes may listen to: from the eleventh on Node would warn of a leak. */
export function withUnlimitedListeners(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
