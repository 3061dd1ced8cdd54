import { isSecretName, redactUrl, registerSecret } from "@tau2/domains/internal";
import { getEnvironmentBaseUrl } from "./defaults.ts";
import { ModelError } from "./model-error.ts";

/** Names of options in error messages. A command line sets its own, such as `--timeout`. */
export interface ModelAdvice {
  /** Option that gives a request more time; follows the word "raise". */
  readonly timeout: string;
  /** Option that allows larger answers; follows the word "raise". */
  readonly responseBytes: string;
  /** Option that holds the key. */
  readonly key: string;
  /** Option that holds the parameters of requests. */
  readonly parameters: string;
  /** Option that holds the address of the endpoint. */
  readonly address: string;
  /** Option that holds headers of requests. */
  readonly headers: string;
  /** Way to leave the temperature out of requests. */
  readonly noTemperature: string;
  /** Option that limits concurrent requests. */
  readonly concurrency: string;
}

const programAdvice: ModelAdvice = {
  timeout: "timeoutMs",
  responseBytes: "maxResponseBytes",
  key: "`apiKey`, or the environment variable OPENAI_API_KEY",
  parameters: "the `parameters`",
  address: "`baseUrl`",
  headers: "`headers`",
  noTemperature: "leave `temperature` out of the `parameters`",
  concurrency: "concurrency",
};

/** Address and credentials of a model. */
export interface EndpointOptions {
  /** Name of the model at the endpoint. */
  model: string;
  /**
   * Any endpoint for OpenAI chat completions, such as `http://127.0.0.1:8000/v1`. A query stays behind the path of each request.
   * By default `OPENAI_BASE_URL`, then `OPENAI_API_BASE`, then OpenAI's.
   */
  baseUrl?: string | undefined;
  /** By default `OPENAI_API_KEY`. An endpoint with its own `baseUrl` does not need a key. */
  apiKey?: string | undefined;
  /** Headers of every request. They are secrets: errors and records do not contain them. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Names of options in error messages. By default those of this package. */
  advice?: Partial<ModelAdvice> | undefined;
}

/** Checked {@link EndpointOptions} with the environment's values filled in. */
export interface Endpoint {
  model: string;
  /** Without a query, and without a slash at the end. */
  baseUrl: string;
  /** Query of every request, such as Azure's `api-version`. */
  query: Readonly<Record<string, string>>;
  apiKey: string;
  headers: Readonly<Record<string, string>>;
  /** False if `apiKey` is only a placeholder. */
  hasKey: boolean;
  /** True for OpenAI's own address. */
  isDefault: boolean;
  advice: ModelAdvice;
}

const openAiUrl = "https://api.openai.com/v1";

/** Resolves an endpoint. @throws ModelError `configuration` for an empty name, a missing key, a bad base URL, or headers that cannot be sent */
export function resolveEndpoint(options: EndpointOptions, env: NodeJS.ProcessEnv = process.env): Endpoint {
  const { model, headers = {} } = options;
  if (model.trim() === "") {
    throw new ModelError("configuration", "the model's name is empty; set `model` to the name of the model at the endpoint");
  }
  const customUrl = options.baseUrl ?? getEnvironmentBaseUrl(env);
  const { baseUrl, query } = customUrl === undefined ? { baseUrl: openAiUrl, query: {} } : parseBaseUrl(customUrl);
  const key = (options.apiKey ?? env["OPENAI_API_KEY"] ?? "").trim();
  if (key === "" && customUrl === undefined) {
    throw new ModelError(
      "configuration",
      `no key for model '${model}' at ${openAiUrl}: set the environment variable OPENAI_API_KEY or \`apiKey\`; for an endpoint without keys set \`baseUrl\``,
    );
  }
  checkHeaders(headers, key);
  registerSecrets(key, headers, customUrl);
  const advice = { ...programAdvice, ...options.advice };
  return { model, baseUrl, query, apiKey: key || "no-key", headers, hasKey: key !== "", isDefault: isOpenAi(baseUrl), advice };
}

function isOpenAi(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === new URL(openAiUrl).hostname;
}

/** Formats an endpoint for error messages. */
export function describeEndpoint({ baseUrl, model }: Pick<Endpoint, "baseUrl" | "model">): string {
  return `${redactUrl(baseUrl)} (model '${model}')`;
}

/** Splits a base URL from its query. */
function parseBaseUrl(text: string): Pick<Endpoint, "baseUrl" | "query"> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ModelError(
      "configuration",
      `base URL '${redactUrl(text)}' is not an http or https address; write it in full, such as http://127.0.0.1:8000/v1`,
    );
  }
  if (url.username || url.password) {
    throw new ModelError(
      "configuration",
      `the base URL of ${url.host} contains a user name or password; move them to \`headers\` or \`apiKey\``,
    );
  }
  const query = Object.fromEntries(url.searchParams);
  return { baseUrl: text.replace(/[?#].*$/s, "").replace(/\/+$/, ""), query };
}

function canBeSent(name: string, value: string): boolean {
  try {
    return new Headers({ [name]: value }) instanceof Headers;
  } catch {
    return false;
  }
}

/** Headers that describe a request or a program. */
const plainHeader = /^(accept.*|content-type|user-agent|(http-)?referer|x-title|.*-(version|beta|title|model|organization|project))$/i;

/** Registers what must not leave this process except in requests to the endpoint. */
function registerSecrets(key: string, headers: Readonly<Record<string, string>>, url: string | undefined): void {
  registerSecret(key);
  for (const [name, value] of Object.entries(headers)) {
    if (plainHeader.test(name) && !isSecretName(name)) continue;
    registerSecret(value);
    registerSecret(value.replace(/^(Bearer|Basic|Token) +/i, ""));
  }
  if (url !== undefined) for (const value of new URL(url).searchParams.values()) registerSecret(value);
}

function checkHeaders(headers: Readonly<Record<string, string>>, key: string): void {
  for (const [name, value] of Object.entries(headers)) {
    if (canBeSent(name, "") && canBeSent("x", value)) continue;
    // The value is a secret, so that neither it nor the error that quotes it is shown.
    const problem = canBeSent(name, "")
      ? "the value has line breaks or other characters that a header cannot hold"
      : "the name is not valid";
    throw new ModelError("configuration", `\`headers\` cannot be sent: header '${name}': ${problem}`);
  }
  if (!/^[\x21-\x7e]*$/.test(key)) {
    throw new ModelError(
      "configuration",
      "the API key contains spaces, line breaks or other characters that are not valid in a key; check that it was copied completely",
    );
  }
}
