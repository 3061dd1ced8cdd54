import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { readEnvFile } from "./env-file.ts";

const newPath = () => join(mkdtempSync(join(tmpdir(), "tau2-env-")), ".env");

function createFile(bytes: string | Buffer): string {
  const path = newPath();
  writeFileSync(path, bytes);
  return path;
}

it("a missing .env is empty, and not a problem", () => {
  expect(readEnvFile(newPath())).toEqual({ values: {}, problem: null });
});

it("a folder .env is ignored", () => {
  const path = newPath();
  mkdirSync(path);
  expect(readEnvFile(path)).toEqual({ values: {}, problem: null });
});

it("a byte order mark does not become part of the first name", () => {
  expect(readEnvFile(createFile("\ufeffA=1\n"))).toEqual({ values: { A: "1" }, problem: null });
});

it.each([
  ["UTF-16 text", Buffer.from("\ufeffA=1\n", "utf16le"), "UTF-16"],
  ["bytes that are not text", Buffer.from([0x41, 0xff]), "UTF-8"],
])("%s are a problem, and nothing is read", (_name, bytes, noun) => {
  expect(readEnvFile(createFile(bytes))).toEqual({ values: {}, problem: expect.stringContaining(noun) });
});

describe.skipIf(process.platform === "win32")("a pipe named .env", () => {
  function createPipe(): string {
    const path = newPath();
    execFileSync("mkfifo", [path]);
    return path;
  }

  it("is read, as secret managers offer it", async () => {
    const path = createPipe();
    const written = promisify(execFile)("sh", ["-c", 'printf "A=1\\n" > "$1"', "sh", path]);
    expect(readEnvFile(path, { timeoutMs: 60_000 })).toEqual({ values: { A: "1" }, problem: null });
    await written;
  });

  it("without a writer is given up, with the reason", () => {
    expect(readEnvFile(createPipe(), { timeoutMs: 0 })).toEqual({ values: {}, problem: expect.stringContaining("pipe") });
  });
});
