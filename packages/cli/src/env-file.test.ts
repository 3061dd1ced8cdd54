import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readEnvFile } from "./env-file.ts";

it("a missing .env is empty, and not a problem", () => {
  expect(readEnvFile(join(mkdtempSync(join(tmpdir(), "tau2-env-")), ".env"))).toEqual({ values: {}, problem: null });
});

it.skipIf(process.platform === "win32")("a pipe without a writer is given up, with the reason", () => {
  const pipe = join(mkdtempSync(join(tmpdir(), "tau2-env-")), ".env");
  execFileSync("mkfifo", [pipe]);
  expect(readEnvFile(pipe, { timeoutMs: 0 })).toEqual({ values: {}, problem: expect.stringContaining("pipe") });
});
