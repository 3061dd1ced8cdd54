import { Agent, interceptors, request, type Dispatcher } from "undici";

// Whoever asks has a deadline of their own; that of `fetch` would end every answer after five minutes.
// Bun has a stand-in for undici, without `compose`.
const dispatcher = process.versions["bun"]
  ? null
  : new Agent({ headersTimeout: 0, bodyTimeout: 0 }).compose(interceptors.redirect({ maxRedirections: 5 }));

/**
 * `fetch` as far as a client of models needs it: texts are sent, and answers read whole. It waits as long as its caller does, and takes less
 * than half the processor time of Node's own, which is what bounds a process with a thousand conversations.
 */
export async function lightFetch(url: string | URL | Request, { method, headers, body, signal }: RequestInit = {}): Promise<Response> {
  // `timeout` is Bun's own option.
  if (!dispatcher) return fetch(url, { method, headers, body, signal, timeout: false } as RequestInit);
  const answer = await request(url as string, {
    method: method as Dispatcher.HttpMethod,
    headers: Object.fromEntries(new Headers(headers)),
    body: body as string,
    signal,
    dispatcher,
  });
  const text = await answer.body.text();
  return new Response(text === "" ? null : text, { status: answer.statusCode, headers: answer.headers as Record<string, string> });
}
