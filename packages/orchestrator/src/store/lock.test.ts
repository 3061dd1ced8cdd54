import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { acquireLock } from "./lock.ts";

const holder = fileURLToPath(new URL("../../test/crashing-holder.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(new URL("../../../../package.json", import.meta.url)).resolve("tsx")).href;
const folder = mkdtempSync(join(tmpdir(), "tau2-lock-"));
afterAll(() => rmSync(folder, { recursive: true }));
const getPath = (name: string) => join(folder, name);

describe("a lock", () => {
  test("lets one in, and the next one when it is given back", async () => {
    const release = await acquireLock(getPath("a"));
    await expect(acquireLock(getPath("a"))).rejects.toThrow(`process ${process.pid} on ${hostname()} works on this run`);
    await release();
    await (
      await acquireLock(getPath("a"))
    )();
    expect(existsSync(getPath("a"))).toBe(false);
  });

  test("of a process that was killed is ignored", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    writeFileSync(getPath("b"), JSON.stringify({ pid: child.pid, host: hostname(), started: null }));
    await expect(acquireLock(getPath("b"))).rejects.toThrow(`process ${child.pid} on ${hostname()} works on this run`);
    const gone = new Promise((resolve) => {
      child.once("exit", resolve);
    });
    child.kill("SIGKILL");
    await gone;
    await (
      await acquireLock(getPath("b"))
    )();
  });

  test("of a process that was killed lets in one of several that come at the same time", async () => {
    const words = ["--conditions=@tau2/source", "--import", tsx, holder, getPath("g"), "150"];
    const children = Array.from({ length: 3 }, () => spawn(process.execPath, words, { stdio: ["ignore", "ignore", "inherit"] }));
    const codes = await Promise.all(children.map(async (child) => ((await once(child, "exit")) as [number])[0]));
    expect(codes).toEqual([0, 0, 0]);
    expect(existsSync(getPath("g.turn"))).toBe(false);
  });

  test("whose removal was broken off is removed by the next one, in time", async () => {
    writeFileSync(getPath("h"), JSON.stringify({ pid: 2 ** 30, host: hostname(), started: null }));
    writeFileSync(getPath("h.turn"), "");
    utimesSync(getPath("h.turn"), new Date(), new Date(Date.now() - 61_000));
    await expect(acquireLock(getPath("h"))).resolves.toBeTypeOf("function");
  });

  test.runIf(existsSync("/proc/self/stat"))("of a process whose number another one has by now is ignored", async () => {
    writeFileSync(getPath("c"), JSON.stringify({ pid: process.ppid, host: hostname(), started: "1" }));
    await expect(acquireLock(getPath("c"))).resolves.toBeTypeOf("function");
  });

  test("of another machine is respected while its heartbeat continues", async () => {
    writeFileSync(getPath("d"), JSON.stringify({ pid: 1, host: "elsewhere", started: null }));
    await expect(acquireLock(getPath("d"))).rejects.toThrow(
      `process 1 on elsewhere works on this run; wait for it, or end it. If that is wrong, delete ${getPath("d")}`,
    );
  });

  test("of another machine without a heartbeat for a minute is ignored", async () => {
    writeFileSync(getPath("f"), JSON.stringify({ pid: 1, host: "elsewhere", started: null }));
    utimesSync(getPath("f"), new Date(), new Date(Date.now() - 61_000));
    const release = await acquireLock(getPath("f"));
    expect(readFileSync(getPath("f"), "utf8")).toContain(hostname());
    await release();
  });

  test("that cannot be written says so", async () => {
    await expect(acquireLock(getPath("no/such/folder"))).rejects.toThrow("cannot be written: ENOENT");
  });

  test.each(["", "{"])("that was not written to its end is ignored (%j)", async (text) => {
    writeFileSync(getPath("e"), text);
    utimesSync(getPath("e"), 0, 0);
    const release = await acquireLock(getPath("e"));
    expect(readFileSync(getPath("e"), "utf8")).toContain(String(process.pid));
    await release();
  });
});
