/** Text in place of a secret. */
export const REDACTED = "[redacted]";

/** Secrets of the process in all forms in which a text may contain them, longest first. */
interface KnownSecrets {
  forms: readonly string[];
}

const registry: unique symbol = Symbol.for("tau2.secrets") as never;

/** Returns the registry. All copies of this package in a process share it. */
function getRegistry(): KnownSecrets {
  const shared = globalThis as { [registry]?: KnownSecrets };
  return (shared[registry] ??= { forms: [] });
}

/**
 * Registers a key, a token or the value of a secret header, so that {@link redactText} replaces it. Call it where the secret enters the
 * process. Placeholders such as `EMPTY` or `anything` are left out: fewer than 8 characters, or fewer than 16 with letters only.
 */
export function registerSecret(secret: string): void {
  const value = secret.trim();
  if (!isDistinctive(value)) return;
  const known = getRegistry();
  const forms = [...getJsonForms(value, escapeJson), ...getJsonForms(value, escapeAsciiJson), encodeURIComponent(value)];
  const fresh = forms.filter((form) => !known.forms.includes(form));
  if (fresh.length === 0) return;
  known.forms = [...new Set([...known.forms, ...fresh])].toSorted((a, b) => b.length - a.length);
}

/** Returns a text, and the text as it is in JSON, also in JSON within JSON, such as the arguments of a call in a recorded response. */
function getJsonForms(text: string, escape: (text: string) => string): string[] {
  const forms = [text];
  for (let depth = 0; depth < 3; depth++) forms.push(escape(forms.at(-1)!));
  return forms;
}

function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeAsciiJson(text: string): string {
  return escapeJson(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Dates and versions, such as the `api-version` of Azure. */
const plainForm = /^v?\d+([.-]\d+)*(-(alpha|beta|preview|rc)\d*)?$/i;

/** Conversations contain ordinary words and dates, and must not change. */
function isDistinctive(value: string): boolean {
  if (plainForm.test(value) && value.length < 24) return false;
  return value.length >= 16 || (value.length >= 8 && !/^\p{L}+$/u.test(value));
}

/**
 * Replaces all registered secrets in a text. Every text that leaves the process goes through this function: files, logs, responses of the
 * server, and the terminal.
 */
export function redactText(text: string): string {
  let clean = text;
  for (const form of getRegistry().forms) {
    if (clean.includes(form)) clean = clean.replaceAll(form, REDACTED);
  }
  return clean;
}

/** Replaces all registered secrets in the texts of a JSON value. */
export function redactJson<T>(value: T): T {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return value;
  const clean = redactText(text);
  return clean === text ? value : (JSON.parse(clean) as T);
}
