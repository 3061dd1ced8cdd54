import type { JsonObject } from "@tau2/domains";
import type { ChatReply, ChatRequest } from "@tau2/user-sim";
import type { RoleEndpoint } from "./endpoint.ts";

/** What a role's model was asked with, messages and tools apart, and who said to have answered. The same for all turns as a rule. */
export function requestNote(
  { model, baseUrl }: RoleEndpoint,
  { parameters = {}, toolChoice, tools, responseSchema }: ChatRequest,
  { model: answeredBy }: ChatReply,
  seed: number | null,
): JsonObject {
  return {
    model,
    base_url: baseUrl === undefined ? null : withoutSecrets(baseUrl),
    parameters: { ...parameters, ...(seed !== null && parameters["seed"] === seed ? { seed: "of the trial" } : {}) },
    tool_choice: tools && tools.length > 0 ? (toolChoice ?? "auto") : null,
    response_schema: responseSchema?.name ?? null,
    answered_by: answeredBy,
  };
}

function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.username === "" && url.password === "" && url.search === "") return address;
  Object.assign(url, { username: "", password: "", search: "" });
  return url.href;
}
