import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const spec = "docs/spec/";
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => file && file !== "tests/citations.test.ts");
const texts = new Map(
  tracked
    .filter((file) => existsSync(root + file))
    .map((file) => [file, readFileSync(root + file, "utf8")] as const)
    .filter(([, text]) => !text.includes("\0")),
);
const pages = new Map(
  [...texts]
    .filter(([file]) => file.startsWith(spec))
    .map(([file, text]) => [file.slice(spec.length), [...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id!)] as const),
);

/** A citation that names no page: `spec core 7.3`, `core.md 7.3`, `(act-prm 11.4)`. */
const bareCitation =
  /\bspec[ /](?:core|airline|retail|mock|telecom|act-prm)[\w-]* §?[a-z]?\d|\((?:core|act-prm|telecom-\w+) §?[a-z]?\d|\b(?:core|airline|retail|mock|telecom|telecom-user|telecom-tasks|act-prm)\.md §?[a-z]?\d/i;

/** Returns each citation of a text as `file#anchor`; `docs/spec/core.md#2-1, #2-7` cites two places. */
function findCitations(text: string): string[] {
  return [...text.matchAll(/docs\/spec\/([\w-]+\.md)((?:(?:, )?#[\w-]+)*)/g)].flatMap(([, page, anchors]) =>
    anchors!.split(", ").map((anchor) => `${page}${anchor}`),
  );
}

/** Returns the links from one page of the specification to another, or to a place in itself, as `file#anchor`. */
function findLinks(page: string, text: string): string[] {
  return [...text.matchAll(/\]\(([\w-]+\.md)?(#[\w-]+)?\)/g)].map(([, target = page, anchor = ""]) => target + anchor);
}

function resolves(citation: string): boolean {
  const [page = "", anchor] = citation.split("#");
  const anchors = pages.get(page);
  return anchors !== undefined && (anchor === undefined || anchors.includes(anchor));
}

function findIn(find: (file: string, text: string) => string[]): string[] {
  return [...texts].flatMap(([file, text]) => find(file, text).map((found) => `${file}: ${found}`));
}

describe("citations of the specification", () => {
  test("each one names a page of docs/spec and an anchor in it", () => {
    expect(findIn((_, text) => findCitations(text).filter((citation) => !resolves(citation)))).toEqual([]);
    expect(findIn((_, text) => findCitations(text)).length).toBeGreaterThan(50);
  });

  test("each link between pages of the specification leads to a page and an anchor", () => {
    const links = (file: string, text: string) => (file.startsWith(spec) ? findLinks(file.slice(spec.length), text) : []);
    expect(findIn((file, text) => links(file, text).filter((link) => !resolves(link)))).toEqual([]);
    expect(findIn(links).length).toBeGreaterThan(50);
  });

  test("an anchor is set once in its page", () => {
    expect([...pages].flatMap(([page, ids]) => ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${page}#${id}`))).toEqual([]);
  });

  test("a citation has a path and an anchor", () => {
    expect(findIn((_, text) => text.match(bareCitation) ?? [])).toEqual([]);
  });

  test("a list cites each of its places", () => {
    expect(findCitations("as tau2-bench does (docs/spec/core.md#2-1, #2-7).")).toEqual(["core.md#2-1", "core.md#2-7"]);
  });

  test.each(["docs/spec/core.md#99", "docs/spec/cores.md#1", "docs/spec/cores.md"])("%s does not resolve", (citation) => {
    expect(findCitations(citation).map(resolves)).toEqual([false]);
  });

  test.each(["(spec core 7.3)", "spec act-prm 11.4", "spec/telecom S1.5", "(core 12)", "core.md 7.3"])(
    "'%s' is a bare citation",
    (text) => {
      expect(text).toMatch(bareCitation);
    },
  );
});
