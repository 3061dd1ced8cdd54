import { redactJson, redactText } from "@tau2/domains/internal";
import OpenAI, { type ClientOptions } from "openai";
import { Agent, interceptors, request, type Dispatcher } from "undici";
import type { Endpoint } from "./endpoint.ts";

/** Creates the client of an endpoint. Import this module with the first request only: it takes longer to load than the rest of the package. */
export function createClient(endpoint: Endpoint, fetch: ClientOptions["fetch"]): OpenAI {
  return new Client({
    baseURL: endpoint.baseUrl,
    defaultQuery: endpoint.query,
    apiKey: endpoint.apiKey,
    defaultHeaders: endpoint.headers,
    // Organization and project in the environment are OpenAI's and must not be sent to other endpoints.
    ...(!endpoint.isDefault && { organization: null, project: null }),
    fetch: fetch ?? lightFetch,
  });
}

class Client extends OpenAI {
  // The base class drops the body unless it has the shape of OpenAI's errors. Other endpoints put the reason elsewhere.
  protected override makeStatusError(status: number, answer: object | undefined, text: string | undefined, headers: Headers) {
    // An endpoint may repeat the key. The error becomes a cause, which other programs print.
    return new OpenAI.APIError(status, redactJson(answer), text === undefined ? undefined : redactText(text), headers);
  }
}

// Requests have their own deadline; the default of undici would end every answer after five minutes.
// Bun has a stand-in for undici, without `compose`.
const dispatcher = process.versions["bun"]
  ? null
  : new Agent({ headersTimeout: 0, bodyTimeout: 0 }).compose(interceptors.redirect({ maxRedirections: 5 }));

/**
 * A minimal `fetch` for text requests whose answers are read completely. It does not have a time limit and takes less than half the processor time
 * of Node's own, which limits a process with a thousand conversations.
 */
async function lightFetch(url: string | URL | Request, { method, headers, body, signal }: RequestInit = {}): Promise<Response> {
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
