import { getErrorMessage, redactJson, redactText } from "@tau2/domains/internal";
import OpenAI, { type ClientOptions } from "openai";
import { interceptors, request, type Dispatcher } from "undici";
import { describeEndpoint, type Endpoint } from "./endpoint.ts";
import { decompress } from "./http/decompress.ts";
import { createDispatcher } from "./http/dispatcher.ts";
import { joinChunks, limitBytes } from "./http/read-limited.ts";
import { ModelError } from "./model-error.ts";

/** Settings of {@link createClient}. */
export interface ClientSettings {
  /** Replaces the built-in HTTP client. */
  readonly fetch: ClientOptions["fetch"];
  /** Bytes after which an answer is cut off, before and after decompression. */
  readonly maxResponseBytes: number;
}

/** Creates the client of an endpoint. Import this module with the first request only: it takes longer to load than the rest of the package. */
export function createClient(endpoint: Endpoint, settings: ClientSettings): OpenAI {
  return new Client({
    baseURL: endpoint.baseUrl,
    defaultQuery: endpoint.query,
    apiKey: endpoint.apiKey,
    defaultHeaders: endpoint.headers,
    // Organization and project in the environment are OpenAI's and must not be sent to other endpoints.
    ...(!endpoint.isDefault && { organization: null, project: null }),
    fetch: createLimitedFetch(endpoint, settings),
  });
}

class Client extends OpenAI {
  // The base class drops the body unless it has the shape of OpenAI's errors. Other endpoints put the reason elsewhere.
  protected override makeStatusError(status: number, answer: object | undefined, text: string | undefined, headers: Headers) {
    // An endpoint may repeat the key. The error becomes a cause, which other programs print.
    return new OpenAI.APIError(status, redactJson(answer), text === undefined ? undefined : redactText(text), headers);
  }
}

type Fetch = NonNullable<ClientOptions["fetch"]>;

/** Creates a `fetch` whose answers are read completely, up to the limit. The client reads the text of an error status without one. */
function createLimitedFetch(endpoint: Endpoint, { fetch, maxResponseBytes }: ClientSettings): Fetch {
  const createError = () => createTooLargeError(endpoint, maxResponseBytes);
  const limit = (chunks: AsyncIterable<Uint8Array>) => limitBytes(chunks, maxResponseBytes, createError);
  const send = fetch ? toSender(fetch) : sendLight;
  return async (url, init) => {
    const { status, headers, body, encoding } = await send(url, init);
    const chunks = encoding === undefined ? limit(body) : limit(decompress(limit(body), encoding));
    const bytes = await joinChunks(chunks, maxResponseBytes, init?.signal ?? undefined);
    return new Response(bytes.length === 0 ? null : bytes, { status, headers });
  };
}

function createTooLargeError(endpoint: Endpoint, limit: number): ModelError {
  const size = `${limit.toLocaleString("en-US")} bytes`;
  return new ModelError(
    "too_large",
    `${describeEndpoint(endpoint)} answered with more than ${size}, and the answer was cut off there. ` +
      `If it is one that you expect, raise ${endpoint.advice.responseBytes}; otherwise lower max_tokens or check the endpoint.`,
  );
}

/** An answer whose body has not been read. */
interface Answer {
  status: number;
  headers: NonNullable<ConstructorParameters<typeof Headers>[0]>;
  body: AsyncIterable<Uint8Array>;
  /** Compression of `body`; undefined if it was decompressed already. */
  encoding: string | undefined;
}

type Sender = (...request: Parameters<Fetch>) => Promise<Answer>;

function toSender(fetch: Fetch): Sender {
  return async (url, init) => {
    const { status, headers, body } = await fetch(url, init);
    return { status, headers, body: body ?? (async function* () {})(), encoding: undefined };
  };
}

// Bun has a stand-in for undici, without `compose`.
const dispatcher = process.versions["bun"] ? null : createDispatcher().compose(interceptors.redirect({ maxRedirections: 5 }));

/** The client takes every AbortError for a time limit. undici gives that name to a tunnel that the proxy refuses. */
function unmaskRefusal(thrown: unknown): never {
  const text = getErrorMessage(thrown);
  throw text.startsWith("Proxy ") ? new Error(text, { cause: thrown }) : thrown;
}

/**
 * Sends a text request. It does not have a time limit and takes less than half the processor time of Node's own `fetch`, which limits a
 * process with a thousand conversations.
 */
const sendLight: Sender = dispatcher
  ? async (url, { method, headers, body, signal } = {}) => {
      const answer = await request(url as string, {
        method: method as Dispatcher.HttpMethod,
        headers: Object.fromEntries(new Headers(headers)),
        body: body as string,
        signal,
        dispatcher,
        // A plain HTTP proxy does not pass the limits of its dispatcher on.
        headersTimeout: 0,
        bodyTimeout: 0,
      }).catch(unmaskRefusal);
      const encoding = answer.headers["content-encoding"];
      return {
        status: answer.statusCode,
        headers: answer.headers as Record<string, string>,
        body: answer.body,
        encoding: typeof encoding === "string" ? encoding : undefined,
      };
    }
  : // `timeout` is Bun's own option.
    toSender((url, { method, headers, body, signal } = {}) => fetch(url, { method, headers, body, signal, timeout: false } as RequestInit));
