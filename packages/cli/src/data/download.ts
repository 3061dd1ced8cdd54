import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isRecord, getErrorMessage } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";
import { describeProxy, fetchThroughProxy, findProxy } from "@tau2/user-sim/internal";

/** Options of {@link download}. */
export interface DownloadOptions {
  /** Gives the download up. */
  signal?: AbortSignal;
  /** Milliseconds without a single byte after which it is given up. By default 30,000. */
  idleMs?: number;
  /** Told how many bytes have come so far. */
  onBytes?: (bytes: number) => void;
}

/** Downloads a file. @throws Tau2Error `download` saying what went wrong */
export async function download(url: string, path: string, { signal, idleMs = 30_000, onBytes }: DownloadOptions = {}): Promise<void> {
  const proxy = findProxy(url);
  const route = proxy ? ` through ${describeProxy(proxy)}` : "";
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(new Error(`not a byte came for ${idleMs / 1000} s`)), idleMs);
  const stop = signal ? AbortSignal.any([signal, idle.signal]) : idle.signal;
  async function* watched(body: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    for await (const chunk of body) {
      timer.refresh();
      onBytes?.((bytes += chunk.length));
      yield chunk;
    }
  }
  try {
    const response = await fetchThroughProxy(url, { signal: stop });
    if (!response.ok || !response.body) throw new Error(`the server answers ${response.status} ${response.statusText}`.trim());
    await pipeline(Readable.from(watched(response.body)), createWriteStream(path), { signal: stop });
  } catch (cause) {
    throw new Tau2Error("download", `${url} cannot be downloaded${route}: ${reason(stop.aborted ? stop.reason : cause)}`, {
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the causes of a failed request, where Node keeps the details. */
function reason(thrown: unknown): string {
  const cause = isRecord(thrown) ? thrown["cause"] : undefined;
  return cause === undefined ? getErrorMessage(thrown) : reason(cause);
}
