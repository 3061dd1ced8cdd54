import { isRecord } from "../json/json.ts";
import { copyNumberKinds } from "../json/number-kinds.ts";
import { REDACTED } from "./known-secrets.ts";
import { redactUrl } from "./redact-url.ts";

/** A value among a model's parameters that must not be there. */
export interface SecretArgument {
  /** Keys from the outermost to the value, such as `extra_body.api_key`. */
  readonly path: string;
  /** `key`: a key, token or password. `address`: the base URL of an endpoint. `headers`: headers of requests. */
  readonly kind: "key" | "address" | "headers";
}

const secretName =
  /(^|_)(api_?keys?|access_?keys?|access_?key_?id|secret_?keys?|private_?keys?|subscription_?key|authorization|auth|auth_?header|cookie|secrets?|password|passwd|passphrase|pwd|credentials?)$/;
const tokenName = /(^|_|auth|access|bearer|session|api)token$/;
/** Parameters of models and tokenizers. */
const modelToken = /(^|_)(bos|eos|pad|unk|sep|cls|mask|stop|start|end|max|min|first|next|last|image|audio|special|per)_?token$/;
const addressName = /^(api_?base|api_?base_?url|base_?url|azure_?endpoint)$/;
const headersName = /^((extra|default|custom|http|request|agent|user|judge|policy)_?)?headers?$/;

/** Returns whether the name of a parameter, header, environment variable or query value says that its value is a secret. */
export function isSecretName(name: string): boolean {
  const snake = toSnakeCase(name);
  return secretName.test(snake) || (tokenName.test(snake) && !modelToken.test(snake));
}

function toSnakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
}

/** Finds the first key, address or header among the parameters of a model; null without one. */
export function findSecretArgument(value: unknown, path = ""): SecretArgument | null {
  if (Array.isArray(value)) return findFirst(value.map((item, i) => findSecretArgument(item, `${path}[${i}]`)));
  if (!isRecord(value)) return null;
  return findFirst(
    Object.entries(value).map(([name, inner]) => {
      const at = path === "" ? name : `${path}.${name}`;
      const kind = getSecretKind(name, inner);
      return kind === null ? findSecretArgument(inner, at) : { path: at, kind };
    }),
  );
}

function findFirst(found: readonly (SecretArgument | null)[]): SecretArgument | null {
  return found.find((each) => each !== null) ?? null;
}

function getSecretKind(name: string, value: unknown): SecretArgument["kind"] | null {
  const snake = toSnakeCase(name);
  if (addressName.test(snake)) return isGiven(value) ? "address" : null;
  if (headersName.test(snake)) return isRecord(value) && Object.keys(value).length > 0 ? "headers" : null;
  if (isSecretName(name) && (isGiven(value) || (Array.isArray(value) && value.some(isGiven)))) return "key";
  return typeof value === "string" && keyForm.test(value) ? "key" : null;
}

function isGiven(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "" && value !== REDACTED) || typeof value === "number";
}

/** Keys of OpenAI and its kind, and values of authorization headers. */
const keyForm = /^(sk-|(Bearer|Basic) )\S{8,}$/;

/**
 * Replaces what looks like a secret in settings of a model or a run: values of secret names, of headers, and user and query of URLs. Do not
 * use it on conversations: a tool may have an argument named `password`. Returns the same object if it does not hold a secret.
 */
export function redactSettings<T>(settings: T): T {
  const redacted = redactValue(settings);
  copyNumberKinds(settings, redacted);
  return redacted as T;
}

function redactValue(value: unknown, isSecret = false): unknown {
  if (isSecret && isGiven(value)) return REDACTED;
  if (typeof value === "string") return keyForm.test(value) ? REDACTED : redactUrl(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => redactValue(item, isSecret));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, redactValue(inner, isSecret || isSecretName(name) || headersName.test(toSnakeCase(name)))] as const,
  );
  return entries.some(([name, inner]) => inner !== value[name]) ? Object.fromEntries(entries) : value;
}

/** Lists the paths of redacted values in settings. */
export function listRedacted(settings: unknown, path = ""): string[] {
  if (typeof settings === "string") return settings.includes(REDACTED) ? [path] : [];
  if (Array.isArray(settings)) return settings.flatMap((item, i) => listRedacted(item, `${path}[${i}]`));
  if (!isRecord(settings)) return [];
  return Object.entries(settings).flatMap(([name, inner]) => listRedacted(inner, path === "" ? name : `${path}.${name}`));
}
