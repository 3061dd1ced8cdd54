import { describe, expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

const mark = [0xef, 0xbb, 0xbf];

describe("decodeText", () => {
  test("a byte order mark at the start of a file is not part of its text", () => {
    expect(decodeText(Uint8Array.from([...mark, ...Buffer.from('{"a":1}')]), "a.json")).toBe('{"a":1}');
  });

  test("the character U+FEFF elsewhere in a file stays", () => {
    expect(decodeText(Buffer.from("a\ufeffb"), "a.txt")).toBe("a\ufeffb");
  });

  test.each([
    ["UTF-16LE", Buffer.from("\ufeff{}", "utf16le")],
    ["UTF-16LE", Buffer.from("{}", "utf16le")],
    ["UTF-16BE", Buffer.from("\ufeff{}", "utf16le").swap16()],
    ["UTF-16BE", Buffer.from("{}", "utf16le").swap16()],
  ])("%s text is named as such, with the remedy", (name, bytes) => {
    expect(() => decodeText(bytes, "a.json")).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringMatching(`${name}.*UTF-8`) }),
    );
  });

  test.each([
    ["an empty file", []],
    ["one letter", [97]],
  ])("%s is text", (_name, bytes) => {
    expect(decodeText(Uint8Array.from(bytes), "a.txt")).toHaveLength(bytes.length);
  });

  test("bytes that are not UTF-8 are refused, with the file's name", () => {
    expect(() => decodeText(Uint8Array.from([97, 0xff]), "a.txt")).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringContaining("a.txt") }),
    );
  });
});
