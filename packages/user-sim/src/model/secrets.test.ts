import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { redactText } from "@tau2/domains/internal";
import { said, served } from "../../test/served.ts";
import { openAiModel } from "./openai-model.ts";

const key = "sk-of-a-model-1";
const echo = (padding = "") => [{ status: 401, body: { error: { message: `${padding}Incorrect key: Bearer ${key}, header hv-abc/1` } } }];
const options = { apiKey: key, headers: { "x-gateway": "hv-abc/1", "x-title": "plain-title" } };

describe("an endpoint that repeats the key", () => {
  it("does not put it into the error, its cause, or its stack", async () => {
    const { fail } = await served(echo(), options);
    const error = await fail();
    expect(error.message).toContain("Incorrect key: Bearer [redacted], header [redacted]");
    expect(inspect(error, { depth: 9 })).not.toMatch(/sk-of-a-model|hv-abc/);
  });

  it("does not leave the beginning of it where the text is cut", async () => {
    const { fail } = await served(echo("x".repeat(285)), options);
    expect((await fail()).message).not.toMatch(/sk-of|Bearer s/);
  });

  it("does not put it into the conversation", async () => {
    const { ask } = await served([`you sent ${key}`], options);
    expect((await ask()).content).toBe("you sent [redacted]");
  });
});

it("headers that describe a program are not secrets, and values in the query of an address are", async () => {
  openAiModel({ ...options, model: "m", baseUrl: "http://127.0.0.1:1/v1?api-version=2024-10-21&sig=sig-abc-1" });
  expect(redactText("plain-title 2024-10-21 sig-abc-1")).toBe("plain-title 2024-10-21 [redacted]");
});

describe("secrets among the parameters", () => {
  it.each([
    [{ api_key: "k" }, "apiKey"],
    [{ extra_body: { token: "t" } }, "apiKey"],
    [{ api_base: "http://127.0.0.1:1/v1" }, "baseUrl"],
    [{ extra_headers: { a: "b" } }, "headers"],
  ])("%j are refused, of a model and of a request, naming %s", async (parameters, option) => {
    const refusal = said(new RegExp(`must not contain .*${option}`));
    expect(() => openAiModel({ model: "m", baseUrl: "http://127.0.0.1:1/v1", parameters })).toThrow(
      expect.objectContaining({ fault: "configuration", message: refusal }),
    );
    const { fail, server } = await served([]);
    expect(await fail({ parameters })).toMatchObject({ fault: "configuration", message: refusal });
    expect(server.requests).toHaveLength(0);
  });
});
