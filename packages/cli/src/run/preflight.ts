import { getErrorMessage, redactSettings, redactUrl } from "@tau2/domains/internal";
import { describeProxy, fetchThroughProxy, findProxy } from "@tau2/user-sim/internal";
import { UsageError } from "../errors.ts";
import type { RoleEndpoint } from "../config/endpoint.ts";
import type { JsonObject } from "@tau2/domains";
import type { ChatReply, ChatRequest } from "@tau2/user-sim";

const patienceMs = 10_000;

/**
 * Asks each endpoint for its list of models, so that a wrong address or key shows before the first turn and not in every simulation.
 * An endpoint without such a list is accepted.
 * @throws UsageError naming the role, the address and what the endpoint said.
 */
export async function preflight(endpoints: readonly RoleEndpoint[]): Promise<void> {
  const distinct = new Map(endpoints.map((endpoint) => [JSON.stringify([endpoint.baseUrl, endpoint.apiKey, endpoint.headers]), endpoint]));
  await Promise.all([...distinct.values()].map(check));
}

async function check({ role, model, baseUrl = "https://api.openai.com/v1", apiKey, headers: own }: RoleEndpoint): Promise<void> {
  const [address = "", query] = baseUrl.split("?", 2);
  const url = `${address.replace(/\/+$/, "")}/models${query === undefined ? "" : `?${query}`}`;
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UsageError(`the ${role}'s base URL ${redactUrl(baseUrl)} is not an address such as http://127.0.0.1:8000/v1`);
  }
  const headers: Record<string, string> = { ...(apiKey === "" ? {} : { authorization: `Bearer ${apiKey}` }), ...own };
  const proxy = findProxy(url);
  const through = proxy === null ? "" : ` through ${describeProxy(proxy)}`;
  let response: Response;
  try {
    response = await fetchThroughProxy(url, { headers, signal: AbortSignal.timeout(patienceMs) });
    await response.body?.cancel();
  } catch (cause) {
    throw new UsageError(
      `the ${role} (${model}) cannot be asked: no answer from ${redactUrl(baseUrl)}${through} (${getReason(cause)}). Is it running, and is the address right?`,
      { cause },
    );
  }
  if (proxy !== null && response.status === 407) {
    throw new UsageError(`${describeProxy(proxy)} wants a user name and a password (407); write them into ${proxy.variable}`);
  }
  if (response.status === 401 || response.status === 403) {
    const problem = apiKey === "" ? "wants a key, and none is set" : "refuses the key";
    throw new UsageError(
      `${redactUrl(baseUrl)} ${problem}${through} (${response.status}); set OPENAI_API_KEY, or name the variable that holds the ${role}'s key with --${role}-api-key-env`,
    );
  }
}

/** The network's own word, which `fetch` hides in the cause. */
function getReason(thrown: unknown): string {
  const { cause } = thrown as { cause?: unknown };
  return cause instanceof Error && cause.message !== ""
    ? cause.message
    : cause instanceof Error && "code" in cause
      ? String(cause.code)
      : getErrorMessage(thrown);
}

/** Formats a role's request, without messages and tools, and the model that answered. It is the same for all turns as a rule. */
export function formatRequestNote(
  { model, baseUrl }: RoleEndpoint,
  { parameters = {}, toolChoice, tools, responseSchema }: ChatRequest,
  { model: answeredBy }: ChatReply,
  seed: number | null,
): JsonObject {
  return {
    model,
    base_url: baseUrl === undefined ? null : redactUrl(baseUrl),
    parameters: { ...redactSettings(parameters), ...(seed !== null && parameters["seed"] === seed ? { seed: "of the trial" } : {}) },
    tool_choice: tools && tools.length > 0 ? (toolChoice ?? "auto") : null,
    response_schema: responseSchema?.name ?? null,
    answered_by: answeredBy,
  };
}
