import { describe, expect, it } from "vitest";
import { getErrorMessage, REDACTED, redactJson, redactText, registerSecret } from "../../internal.ts";

describe("registered secrets", () => {
  it("are replaced anywhere in a text", () => {
    registerSecret(" sk-known-1 ");
    expect(redactText("Incorrect API key provided: sk-known-1. See sk-known-1")).toBe(
      `Incorrect API key provided: ${REDACTED}. See ${REDACTED}`,
    );
    expect(getErrorMessage(new Error("401 sk-known-1"))).toBe(`401 ${REDACTED}`);
  });

  it("are replaced in the forms of JSON, of Python's JSON, and of URLs", () => {
    const key = 'k&1"\\é/2 x';
    registerSecret(key);
    const python = JSON.stringify(key).replace("é", "\\u00e9");
    for (const text of [key, JSON.stringify({ key }), JSON.stringify(JSON.stringify({ key })), python, encodeURIComponent(key)]) {
      expect(redactText(`a ${text} b`)).not.toMatch(/k&1|k%261/);
    }
    expect(redactJson({ a: [key], n: 1 })).toEqual({ a: [REDACTED], n: 1 });
  });

  it("are replaced whole where one contains another", () => {
    registerSecret("tok-12345");
    registerSecret("Bearer tok-12345");
    expect(redactText("Bearer tok-12345 and tok-12345")).toBe(`${REDACTED} and ${REDACTED}`);
  });

  it.each(["EMPTY", "no-key", "anything", "2024-05-15", "2024-10-21-preview", "12345678", ""])(
    "do not include %j, which conversations may contain",
    (text) => {
      registerSecret(text);
      expect(redactText(`it is ${text}, or so`)).toBe(`it is ${text}, or so`);
    },
  );
});
