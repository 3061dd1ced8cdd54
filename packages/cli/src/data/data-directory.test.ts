import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { getPulledDirectory } from "./data-directory.ts";

test.each<[string, NodeJS.Platform, Record<string, string>, string]>([
  ["XDG_DATA_HOME everywhere", "darwin", { XDG_DATA_HOME: "/data", HOME: "/me" }, "/data/tau2/official"],
  ["not a relative one", "linux", { XDG_DATA_HOME: "data", HOME: "/me" }, "/me/.local/share/tau2/official"],
  ["what the system has on a Mac", "darwin", { HOME: "/me" }, "/me/Library/Application Support/tau2/official"],
  ["what the system has on Windows", "win32", { LOCALAPPDATA: "/me/Local" }, "/me/Local/tau2/official"],
  ["the home that the system knows", "linux", {}, join(homedir(), ".local/share/tau2/official")],
])("pulled data goes to %s", (_, platform, env, expected) => {
  expect(getPulledDirectory(env, platform)).toBe(expected);
});
