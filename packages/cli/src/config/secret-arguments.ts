import { findSecretArgument, REDACTED } from "@tau2/domains/internal";
import { UsageError } from "../errors.ts";
import { DEFAULT_KEY_VARIABLE } from "./tables/model-options.ts";
import { toFlagName } from "./option.ts";

/** Roles by the option that holds the parameters of their model. */
const roles: Readonly<Record<string, string>> = {
  agent_llm_args: "agent",
  user_llm_args: "user",
  judge_llm_args: "judge",
  policy_args: "policy",
};

/**
 * Returns the fault of parameters that hold a key, an address or headers, as the end of a sentence that names the right option; null without
 * such. LiteLLM takes them there, but parameters are sent in the body of requests and stored with the run.
 */
export function findSecretFault(key: string, value: unknown): string | null {
  const found = findSecretArgument(value);
  if (found === null) return null;
  const role = roles[key];
  const options = {
    key: `the environment variable ${DEFAULT_KEY_VARIABLE}, or the one that ${toFlagName(`${role}_api_key_env`)} names`,
    address: toFlagName(role === "policy" ? "base_url" : `${role}_base_url`),
    headers: `${toFlagName(`${role}_header`)} NAME=VALUE`,
  };
  const advice = role === undefined ? "" : `: use ${options[found.kind]}`;
  return `must not contain '${found.path}', because it is stored with the run${advice}`;
}

/**
 * Checks the address of an endpoint.
 * @throws UsageError for a user or a password in it, which requests do not send, and for the address of a stored run whose query is not stored
 */
export function checkAddress(address: string | null | undefined, role: string): void {
  if (!address || !URL.canParse(address)) return;
  if (address.includes(REDACTED)) {
    throw new UsageError(`the address ${address} was stored without the values of its query; give it again with the option that set it`);
  }
  const { username, password, host } = new URL(address);
  if (username === "" && password === "") return;
  throw new UsageError(
    `the ${role}'s address at ${host} contains a user name or password: give the key in ${DEFAULT_KEY_VARIABLE}, name its variable with ` +
      `${toFlagName(`${role}_api_key_env`)}, or use ${toFlagName(`${role}_header`)} NAME=VALUE`,
  );
}
