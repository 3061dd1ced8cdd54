import { describe, expect, it } from "vitest";
import { findSecretArgument, isSecretName, listRedacted, REDACTED, redactSettings, redactUrl } from "../../internal.ts";

it.each([
  "api_key",
  "apikey",
  "apiKey",
  "OPENAI_API_KEY",
  "x-api-key",
  "Authorization",
  "token",
  "hf_token",
  "AWS_SESSION_TOKEN",
  "authToken",
])("%s names a secret", (name) => expect(isSecretName(name)).toBe(true));

it.each(["max_tokens", "max_completion_tokens", "eos_token", "api_key_env", "user", "metadata", "top_logprobs", "stop_token_ids", "key"])(
  "%s does not name a secret",
  (name) => expect(isSecretName(name)).toBe(false),
);

describe("secret arguments", () => {
  it.each([
    [
      { temperature: 0, api_key: "k" },
      { path: "api_key", kind: "key" },
    ],
    [{ extra_body: { auth: [{ password: "p" }] } }, { path: "extra_body.auth[0].password", kind: "key" }],
    [{ base_url: "http://127.0.0.1/v1" }, { path: "base_url", kind: "address" }],
    [{ api_base: "http://127.0.0.1/v1" }, { path: "api_base", kind: "address" }],
    [{ extra_headers: { "x-team": "blue" } }, { path: "extra_headers", kind: "headers" }],
    [{ user: "sk-abcdefgh1" }, { path: "user", kind: "key" }],
  ])("are found in %j", (args, found) => expect(findSecretArgument(args)).toEqual(found));

  it.each([
    { temperature: 0, max_tokens: 5, stop: ["</s>"] },
    { api_key: null, headers: {} },
    { response_format: { json_schema: { schema: { properties: { password: { type: "string" } } } } } },
  ])("are not found in %j", (args) => expect(findSecretArgument(args)).toBeNull());
});

it("settings are redacted by their names, at any depth, and keep all else", () => {
  const settings = {
    temperature: 0,
    api_key: "k1",
    base_url: "http://me:pw@127.0.0.1:1/v1?api-version=1&sig=abc",
    extra_headers: { "x-team": "blue" },
    extra_body: { tokens: [{ access_token: "t" }], max_tokens: 3 },
    model: "sk-abcdefgh1",
  };
  const redacted = redactSettings(settings);
  expect(redacted).toEqual({
    temperature: 0,
    api_key: REDACTED,
    base_url: `http://127.0.0.1:1/v1?api-version=${REDACTED}&sig=${REDACTED}`,
    extra_headers: { "x-team": REDACTED },
    extra_body: { tokens: [{ access_token: REDACTED }], max_tokens: 3 },
    model: REDACTED,
  });
  expect(redactSettings(redacted)).toEqual(redacted);
  expect(listRedacted(redacted)).toEqual(["api_key", "base_url", "extra_headers.x-team", "extra_body.tokens[0].access_token", "model"]);
});

it.each([
  ["https://api.example.com/v1", "https://api.example.com/v1"],
  ["https://me:p@ss@host:8/v1/", "https://host:8/v1/"],
  ["https://host/v1?api-version=2024&x", `https://host/v1?api-version=${REDACTED}&${REDACTED}`],
  ["ask https://host/?a=1", "ask https://host/?a=1"],
])("the URL %s is shown as %s", (url, shown) => expect(redactUrl(url)).toBe(shown));
