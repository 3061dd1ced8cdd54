import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";

vi.mock(import("node:os"), async (load) => {
  const os = await load();
  return { ...os, homedir: vi.fn(os.homedir) };
});
// Other tests of the same process have loaded the module with the real home directory.
vi.resetModules();
const { findPulledDirectory, getDataDirectory, getPulledDirectory } = await import("./data-directory.ts");

test.each<[string, NodeJS.Platform, Record<string, string>, string]>([
  ["XDG_DATA_HOME everywhere", "darwin", { XDG_DATA_HOME: "/data", HOME: "/me" }, "/data/tau2/official"],
  ["not a relative one", "linux", { XDG_DATA_HOME: "data", HOME: "/me" }, "/me/.local/share/tau2/official"],
  ["what the system has on a Mac", "darwin", { HOME: "/me" }, "/me/Library/Application Support/tau2/official"],
  ["what the system has on Windows", "win32", { LOCALAPPDATA: "/me/Local" }, "/me/Local/tau2/official"],
  ["the home that the system knows", "linux", {}, join(homedir(), ".local/share/tau2/official")],
])("pulled data goes to %s", (_, platform, env, expected) => {
  expect(findPulledDirectory(env, platform)).toBe(expected);
});

test("a user without a home directory, or an entry in the system's list, needs XDG_DATA_HOME for pulled data", () => {
  vi.mocked(homedir).mockImplementation(() => {
    throw new Error("ENOENT: no such user");
  });
  expect(findPulledDirectory({})).toBeNull();
  expect(() => getPulledDirectory({}, "name a folder")).toThrow(
    expect.objectContaining({ code: "usage", message: expect.stringContaining("XDG_DATA_HOME") }),
  );
  expect(() => getDataDirectory({ env: {}, cwd: "/nowhere" }, "official")).toThrow(
    expect.objectContaining({ code: "usage", message: expect.stringContaining("HOME") }),
  );
  expect(findPulledDirectory({ XDG_DATA_HOME: "/data" })).toBe("/data/tau2/official");
  expect(getDataDirectory({ env: {}, cwd: "/nowhere" }, undefined)).toBeNull();
});
