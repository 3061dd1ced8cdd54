import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setRepository } from "../scripts/lib/repository-url.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const address = "https://github.com/owner/name";
let copy = "";

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "tau2-repository-"));
  const files = readdirSync(join(root, "packages")).flatMap((name) => [`packages/${name}/package.json`, `packages/${name}/README.md`]);
  for (const path of ["package.json", "README.md", "docs", ...files]) {
    mkdirSync(join(copy, path, ".."), { recursive: true });
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
});

afterEach(() => rmSync(copy, { recursive: true }));

function readText(path: string): string {
  return readFileSync(join(copy, path), "utf8");
}

describe("pnpm set-repository", () => {
  test("writes repository, homepage and bugs into the manifest of every package", () => {
    setRepository(copy, address);
    for (const name of readdirSync(join(copy, "packages"))) {
      expect(JSON.parse(readText(`packages/${name}/package.json`)), name).toMatchObject({
        repository: { type: "git", url: `git+${address}.git`, directory: `packages/${name}` },
        homepage: `${address}/tree/main/packages/${name}#readme`,
        bugs: { url: `${address}/issues` },
      });
    }
  });

  test("leaves no relative link in a README that npm shows without the repository", () => {
    setRepository(copy, address);
    for (const name of readdirSync(join(copy, "packages"))) {
      expect(readText(`packages/${name}/README.md`), name).not.toMatch(/\]\(\.\.?\//);
    }
  });

  test("writes the address into the README's line that clones the repository", () => {
    expect(readText("README.md")).toMatch(/^git clone \S+ tau2$/m);
    setRepository(copy, address);
    expect(readText("README.md")).toContain(`git clone ${address}.git tau2\n`);
  });

  test("changes nothing the second time, however the address is written", () => {
    expect(setRepository(copy, `${address}.git`)).toContain("package.json");
    expect(setRepository(copy, `${address}/`)).toEqual([]);
  });

  test("replaces an earlier address everywhere", () => {
    setRepository(copy, "https://github.com/before/it-moved");
    setRepository(copy, address);
    for (const path of readdirSync(join(copy, "packages")).flatMap((name) => [`${name}/package.json`, `${name}/README.md`])) {
      expect(readText(`packages/${path}`), path).not.toContain("it-moved");
    }
  });

  test.each(["", "owner/name", "http://github.com/owner/name", "https://github.com/owner", "https://example.com/owner/name"])(
    "refuses %j as the address of a repository",
    (wrong) => {
      const before = readText("package.json");
      expect(() => setRepository(copy, wrong)).toThrow("address");
      expect(readText("package.json")).toBe(before);
    },
  );
});
