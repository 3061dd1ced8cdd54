/**
 * Acts when a signal fires, at once where it has fired already.
 * @returns what lets go of the signal
 */
export function onAbort(signal: AbortSignal | undefined, act: (reason: unknown) => void): () => void {
  const fire = () => act(signal?.reason);
  if (signal?.aborted) fire();
  else signal?.addEventListener("abort", fire, { once: true });
  return () => signal?.removeEventListener("abort", fire);
}
