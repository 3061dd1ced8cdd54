import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Text files that git tracks; null where the project is not a git checkout (an unpacked archive). */
function trackedFiles(): string[] | null {
  if (!existsSync(join(root, ".git"))) return null;
  // The option is for containers in which the checkout belongs to another user.
  const output = execFileSync("git", ["-c", "safe.directory=*", "ls-files", "-z"], { cwd: root, encoding: "utf8" });
  return output.split("\0").filter((path) => path !== "" && existsSync(join(root, path)) && statSync(join(root, path)).isFile());
}

const files = trackedFiles();

function linesWith(pattern: RegExp, among: readonly string[]): string[] {
  return among.flatMap((path) => {
    const lines = readFileSync(join(root, path), "utf8").split("\n");
    return lines.flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim().slice(0, 120)}`] : []));
  });
}

describe.skipIf(files === null)("the repository (as a git checkout)", () => {
  const tracked = files ?? [];
  const lockFiles = tracked.filter((path) => /(^|\/)(pnpm-lock\.yaml|package-lock\.json|yarn\.lock)$/.test(path));

  test("has lock files of pnpm alone: the project's, and that of the rehearsal's registry", () => {
    expect(lockFiles).toEqual(["pnpm-lock.yaml", "scripts/registry/pnpm-lock.yaml"]);
  });

  test("names no place of one machine", () => {
    // Built from parts, so that this file does not name them either.
    const places = ["work", "tmp", "home", "root", "Users", "farm"].join("|");
    expect(linesWith(new RegExp(`(^|[^\\w.}/])/(${places})/`), tracked)).toEqual([]);
  });

  test("pins packages by name, version and checksum, never by the address they came from", () => {
    expect(linesWith(/https?:\/\/|^\s*(resolved|tarball):/, lockFiles)).toEqual([]);
    const settings = tracked.filter((path) => /(^|\/)\.(npmrc|yarnrc\.yml)$/.test(path));
    expect(linesWith(/registry|_auth/i, settings)).toEqual([]);
  });

  test("holds no built or packed files", () => {
    expect(tracked.filter((path) => /(^|\/)(dist|node_modules|coverage|\.turbo)\/|\.tgz$|\.tsbuildinfo$/.test(path))).toEqual([]);
  });

  test("pins the actions of its workflows by commit", () => {
    const workflows = tracked.filter((path) => path.startsWith(".github/workflows/"));
    expect(workflows.length).toBeGreaterThan(0);
    expect(linesWith(/^\s*(- )?uses: (?!\S+@[0-9a-f]{40} # v\d)/, workflows)).toEqual([]);
  });

  test("has the licence at the top and in every published package", () => {
    const licence = readFileSync(join(root, "LICENSE"), "utf8");
    for (const name of ["domains", "user-sim", "orchestrator", "gym", "cli"]) {
      expect(readFileSync(join(root, "packages", name, "LICENSE"), "utf8"), name).toBe(licence);
    }
  });
});
