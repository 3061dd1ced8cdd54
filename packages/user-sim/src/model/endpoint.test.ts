import { describe, expect, test } from "vitest";
import { describeEndpoint, resolveEndpoint } from "./endpoint.ts";

const local = "http://127.0.0.1:8000/v1";

describe("the key", () => {
  test("the key comes from the option, then from the environment", () => {
    expect(resolveEndpoint({ model: "m", apiKey: "a" }, { OPENAI_API_KEY: "b" })).toMatchObject({ apiKey: "a", hasKey: true });
    expect(resolveEndpoint({ model: "m" }, { OPENAI_API_KEY: "b\n" })).toMatchObject({ apiKey: "b", baseUrl: "https://api.openai.com/v1" });
    expect(resolveEndpoint({ model: "m", baseUrl: local }, { OPENAI_API_KEY: "b" }).apiKey).toBe("b");
  });

  test("the key is required at OpenAI", () => {
    for (const env of [{}, { OPENAI_API_KEY: "" }]) {
      expect(() => resolveEndpoint({ model: "gpt-4.1" }, env)).toThrow(/no key for model 'gpt-4\.1'.*OPENAI_API_KEY/);
    }
  });

  test("the key is optional with a custom base URL, which gets a placeholder", () => {
    expect(resolveEndpoint({ model: "m", baseUrl: local }, {})).toMatchObject({ apiKey: "no-key", hasKey: false });
    expect(resolveEndpoint({ model: "m" }, { OPENAI_BASE_URL: local })).toMatchObject({ baseUrl: local, hasKey: false, isDefault: false });
  });

  test("an incomplete key is refused without being quoted", () => {
    expect(() => resolveEndpoint({ model: "m", apiKey: "sk-1\nsk-2" }, {})).toThrow(/line breaks/);
    expect(() => resolveEndpoint({ model: "m", apiKey: "sk-1\nsk-2" }, {})).not.toThrow(/sk-1/);
  });
});

describe("the base URL", () => {
  test("the base URL loses a slash at its end", () => {
    expect(resolveEndpoint({ model: "m", baseUrl: `${local}/` }, {}).baseUrl).toBe(local);
  });

  test.each(["localhost:8000/v1", "ftp://host/v1", "", "v1"])("base URL '%s' is refused with an example", (baseUrl) => {
    expect(() => resolveEndpoint({ model: "m", baseUrl }, {})).toThrow(/such as http:\/\/127\.0\.0\.1:8000\/v1/);
  });

  test("a query of the base URL is kept apart, and errors do not contain it", () => {
    const endpoint = resolveEndpoint({ model: "m", baseUrl: "http://host/openai/deployments/m/?api-version=1&x=%20y" }, {});
    expect(endpoint).toMatchObject({ baseUrl: "http://host/openai/deployments/m", query: { "api-version": "1", x: " y" } });
    expect(describeEndpoint(endpoint)).toBe("http://host/openai/deployments/m (model 'm')");
  });

  test("OPENAI_API_BASE is read like OPENAI_BASE_URL, which comes first", () => {
    expect(resolveEndpoint({ model: "m" }, { OPENAI_API_BASE: local })).toMatchObject({ baseUrl: local });
    expect(resolveEndpoint({ model: "m" }, { OPENAI_API_BASE: "http://old/v1", OPENAI_BASE_URL: local })).toMatchObject({ baseUrl: local });
  });

  test("a password in the base URL is refused without being quoted", () => {
    const attempt = () => resolveEndpoint({ model: "m", baseUrl: "http://ana:pw1@host/v1" }, {});
    expect(attempt).toThrow(/user name or password/);
    expect(attempt).not.toThrow(/pw1/);
  });
});

test("headers that cannot be sent are refused before any request", () => {
  expect(() => resolveEndpoint({ model: "m", baseUrl: local, headers: { "x y": "1" } }, {})).toThrow(/`headers` cannot be sent/);
});

test("a header that cannot be sent is refused without its value", () => {
  const attempt = () => resolveEndpoint({ model: "m", baseUrl: local, headers: { "api-key": "sk-1\nsk-2" } }, {});
  expect(attempt).toThrow(/'api-key'/);
  expect(attempt).not.toThrow(/sk-/);
});

test("a model needs a name", () => {
  expect(() => resolveEndpoint({ model: " ", baseUrl: local }, {})).toThrow(/name is empty/);
});
