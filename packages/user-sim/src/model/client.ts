import type OpenAI from "openai";
import type { ClientOptions } from "openai";
import type { Endpoint } from "./endpoint.ts";

/** The client of an endpoint. It is loaded with the first request: that takes longer than loading all of this package. */
export async function createClient(endpoint: Endpoint, fetch: ClientOptions["fetch"]): Promise<OpenAI> {
  const [{ default: Base }, { lightFetch }] = await Promise.all([import("openai"), import("./light-fetch.ts")]);

  class Client extends Base {
    // The client looks for the reason in one place only; endpoints put it in several. Here the whole answer is kept.
    protected override makeStatusError(status: number, answer: object | undefined, text: string | undefined, headers: Headers) {
      return new Base.APIError(status, answer, text, headers);
    }
  }

  return new Client({
    baseURL: endpoint.baseUrl,
    apiKey: endpoint.apiKey,
    defaultHeaders: endpoint.headers,
    // Those of the environment belong to OpenAI, not to an endpoint of one's own.
    ...(!endpoint.isDefault && { organization: null, project: null }),
    fetch: fetch ?? lightFetch,
  });
}
