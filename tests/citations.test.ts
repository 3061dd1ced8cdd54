import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter(
    (file) =>
      /\.(ts|mjs|py|md|ya?ml)$/.test(file) &&
      !file.startsWith("docs/spec/") &&
      file !== "tests/citations.test.ts" &&
      existsSync(`${root}${file}`),
  );

/** Returns each citation of a text as `file#anchor`; `docs/spec/core.md#2-1, #2-7` cites two places. */
function findCitations(text: string): string[] {
  return [...text.matchAll(/docs\/spec\/([\w-]+\.md)((?:(?:, )?#[\w-]+)+)/g)].flatMap(([, file, anchors]) =>
    anchors!.split(", ").map((anchor) => `${file}${anchor}`),
  );
}

function readAnchors(file: string): Set<string> {
  const path = `${root}docs/spec/${file}`;
  if (!existsSync(path)) return new Set();
  return new Set([...readFileSync(path, "utf8").matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id!));
}

describe("citations of the specification", () => {
  const cited = files.flatMap((file) => findCitations(readFileSync(root + file, "utf8")).map((citation) => ({ file, citation })));

  test("each one names a file of docs/spec and an anchor in it", () => {
    const anchors = new Map<string, Set<string>>();
    const unresolved = cited.filter(({ citation }) => {
      const [file = "", anchor = ""] = citation.split("#");
      if (!anchors.has(file)) anchors.set(file, readAnchors(file));
      return !anchors.get(file)!.has(anchor);
    });
    expect(unresolved).toEqual([]);
    expect(cited.length).toBeGreaterThan(50);
  });

  test("none is written in the form that names no file", () => {
    const old = /\bspec (core|airline|retail|mock|telecom|act-prm)[\w-]* [A-Z]?\d/;
    expect(files.filter((file) => old.test(readFileSync(root + file, "utf8")))).toEqual([]);
  });

  test("a list cites each of its places", () => {
    expect(findCitations("as tau2-bench does (docs/spec/core.md#2-1, #2-7).")).toEqual(["core.md#2-1", "core.md#2-7"]);
  });
});
