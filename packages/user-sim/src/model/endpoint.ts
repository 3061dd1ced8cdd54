import { getErrorMessage } from "@tau2/domains/internal";
import { ModelError } from "./model-error.ts";

/** Names of options in error messages. A command line sets its own, such as `--timeout`. */
export interface ModelAdvice {
  /** Option that gives a request more time; follows the word "raise". */
  readonly timeout: string;
  /** Option that holds the key. */
  readonly key: string;
  /** Option that holds the parameters of requests. */
  readonly parameters: string;
  /** Option that limits concurrent requests. */
  readonly concurrency: string;
}

const programAdvice: ModelAdvice = {
  timeout: "timeoutMs",
  key: "`apiKey`, or the environment variable OPENAI_API_KEY",
  parameters: "the `parameters`",
  concurrency: "concurrency",
};

/** Address and credentials of a model. */
export interface EndpointOptions {
  /** Name of the model at the endpoint. */
  model: string;
  /** Any endpoint for OpenAI chat completions, such as `http://127.0.0.1:8000/v1`. By default `OPENAI_BASE_URL`, then OpenAI's. */
  baseUrl?: string | undefined;
  /** By default `OPENAI_API_KEY`. An endpoint with its own `baseUrl` does not need a key. */
  apiKey?: string | undefined;
  /** Headers of every request. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Names of options in error messages. By default those of this package. */
  advice?: Partial<ModelAdvice> | undefined;
}

/** Checked {@link EndpointOptions} with the environment's values filled in. */
export interface Endpoint {
  model: string;
  /** Without a slash at the end. */
  baseUrl: string;
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
  const customUrl = options.baseUrl ?? (env["OPENAI_BASE_URL"] || undefined);
  const baseUrl = customUrl === undefined ? openAiUrl : parseBaseUrl(customUrl);
  const key = (options.apiKey ?? env["OPENAI_API_KEY"] ?? "").trim();
  if (key === "" && customUrl === undefined) {
    throw new ModelError(
      "configuration",
      `no key for model '${model}' at ${openAiUrl}: set the environment variable OPENAI_API_KEY or \`apiKey\`; for an endpoint without keys set \`baseUrl\``,
    );
  }
  checkHeaders(headers, key);
  const advice = { ...programAdvice, ...options.advice };
  return { model, baseUrl, apiKey: key || "no-key", headers, hasKey: key !== "", isDefault: customUrl === undefined, advice };
}

/** Formats an endpoint for error messages. */
export function describeEndpoint({ baseUrl, model }: Pick<Endpoint, "baseUrl" | "model">): string {
  return `${baseUrl} (model '${model}')`;
}

function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ModelError(
      "configuration",
      `base URL '${text}' is not an http or https address; write it in full, such as http://127.0.0.1:8000/v1`,
    );
  }
  if (url.username || url.password) {
    throw new ModelError(
      "configuration",
      `the base URL of ${url.host} contains a user name or password; move them to \`headers\` or \`apiKey\``,
    );
  }
  return text.replace(/\/+$/, "");
}

function checkHeaders(headers: Readonly<Record<string, string>>, key: string): void {
  try {
    void new Headers({ ...headers });
  } catch (cause) {
    throw new ModelError("configuration", `\`headers\` cannot be sent: ${getErrorMessage(cause)}`, { cause });
  }
  if (!/^[\x21-\x7e]*$/.test(key)) {
    throw new ModelError(
      "configuration",
      "the API key contains spaces, line breaks or other characters that are not valid in a key; check that it was copied completely",
    );
  }
}
