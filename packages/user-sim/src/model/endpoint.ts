import { getErrorMessage } from "@tau2/domains";
import { type ModelAdvice, ownAdvice } from "./advice.ts";
import { ModelError } from "./model-error.ts";

/** Where a model is asked, and with what. */
export interface Endpoint {
  model: string;
  /** Without a slash at the end. */
  baseUrl: string;
  apiKey: string;
  headers: Readonly<Record<string, string>>;
  /** False when there is no key and none is sent that means anything. */
  hasKey: boolean;
  /** False for a base URL of the caller's own. */
  isDefault: boolean;
  advice: ModelAdvice;
}

/** Options that say where a model is asked. */
export interface EndpointOptions {
  /** The model's name at the endpoint. */
  model: string;
  /** Of any endpoint that speaks OpenAI chat completions, such as `http://127.0.0.1:8000/v1`. By default `OPENAI_BASE_URL`, then OpenAI's. */
  baseUrl?: string | undefined;
  /** By default `OPENAI_API_KEY`. An endpoint of your own needs none. */
  apiKey?: string | undefined;
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** How the options that would help are called in error messages; as here by default. */
  advice?: Partial<ModelAdvice> | undefined;
}

const openAi = "https://api.openai.com/v1";

/** @throws ModelError `configuration` for a missing key, a base URL that is none, or headers that cannot be sent. */
export function resolveEndpoint(options: EndpointOptions, env: NodeJS.ProcessEnv = process.env): Endpoint {
  const { model, headers = {} } = options;
  if (model.trim() === "") {
    throw new ModelError("configuration", "the model's name is empty; give `model` the name that the endpoint knows it by");
  }
  const own = options.baseUrl ?? (env["OPENAI_BASE_URL"] || undefined);
  const baseUrl = own === undefined ? openAi : checkedUrl(own);
  const key = (options.apiKey ?? env["OPENAI_API_KEY"] ?? "").trim();
  if (key === "" && own === undefined) {
    throw new ModelError(
      "configuration",
      `no key for model '${model}' at ${openAi}: set the environment variable OPENAI_API_KEY or give \`apiKey\`; for an endpoint that needs no key give \`baseUrl\``,
    );
  }
  checkHeaders(headers, key);
  const advice = { ...ownAdvice, ...options.advice };
  return { model, baseUrl, apiKey: key || "no-key", headers, hasKey: key !== "", isDefault: own === undefined, advice };
}

function checkedUrl(text: string): string {
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
      `the base URL of ${url.host} holds a user name or password; give them in \`headers\` or \`apiKey\``,
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
      "the API key holds blanks, line breaks or other characters that no key has; was it copied whole?",
    );
  }
}
