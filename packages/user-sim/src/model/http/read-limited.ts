import { createSemaphore } from "./semaphore.ts";

/** Passes chunks on until there are more bytes than the limit. @throws the created error after `limit` bytes */
export async function* limitBytes(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  createError: () => Error,
): AsyncGenerator<Uint8Array, void> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) throw createError();
    yield chunk;
  }
}

/** Bytes from which an answer counts as large. Usual ones have some thousand. */
const LARGE_BYTES = 1_000_000;

/** Bounds the memory of this process: fifty endless answers would fill fifty limits. The others are not read further, so that their senders wait. */
const largeAnswers = createSemaphore(4);

/**
 * Joins chunks. They are copied into one buffer as they come: a list of chunks takes a hundred times the memory of an answer whose
 * chunks are single bytes.
 * @param limit total size that the chunks do not exceed
 * @param signal ends the wait for other large answers
 */
export async function joinChunks(
  chunks: AsyncGenerator<Uint8Array, void>,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = new Uint8Array(Math.min(1 << 14, limit));
  let size = 0;

  function append(chunk: Uint8Array): void {
    const end = size + chunk.length;
    if (end > bytes.length) {
      const larger = new Uint8Array(Math.max(end, Math.min(2 * bytes.length, limit)));
      larger.set(bytes.subarray(0, size));
      bytes = larger;
    }
    bytes.set(chunk, size);
    size = end;
  }

  /** Returns false if there may be more. */
  async function readTo(target: number): Promise<boolean> {
    while (size < target) {
      const { done, value } = await chunks.next();
      if (done) return true;
      append(value);
    }
    return false;
  }

  if (!(await readTo(LARGE_BYTES))) await largeAnswers.run(() => readTo(Infinity), signal);
  return bytes.subarray(0, size);
}
