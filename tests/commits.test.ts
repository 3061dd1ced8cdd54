import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const TYPES = ["build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test"];
const conventional = new RegExp(`^(${TYPES.join("|")})(\\([a-z0-9-]+(, ?[a-z0-9-]+)*\\))?!?: \\S.*[^.\\s]$`);

/** Returns the subjects since the first Conventional Commit that do not follow the form. `subjects` are ordered from old to new. */
function findWrongSubjects(subjects: readonly string[]): string[] {
  const first = subjects.findIndex((subject) => conventional.test(subject));
  return first === -1 ? [] : subjects.slice(first).filter((subject) => !conventional.test(subject));
}

test("a commit subject without a type, with an unknown type or with a full stop is rejected", () => {
  const wrong = ["Answer a null split", "feature: answer a null split", "fix(gym) answer a null split", "fix: answer a null split."];
  expect(findWrongSubjects(["Before", "fix(gym): answer a null split like a missing one", ...wrong, "feat!: drop Node 18"])).toEqual(wrong);
});

test.skipIf(!existsSync(`${root}.git`))("every commit since the first Conventional Commit is one", () => {
  // The option is for containers in which the checkout belongs to another user.
  const words = ["-c", "safe.directory=*", "log", "--reverse", "--no-merges", "--format=%s"];
  expect(findWrongSubjects(execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim().split("\n"))).toEqual([]);
});
