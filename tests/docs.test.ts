import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const pagesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
const read = (name: string) => readFileSync(docs + name, "utf8");

test("the index of the docs links every page", () => {
  const index = read("README.md");
  expect(pagesIn(docs).filter((name) => !index.includes(`](${name})`))).toEqual([]);
});

test("the index of decisions lists every record with its number and date", () => {
  const index = read("decisions/README.md");
  const rows = pagesIn(`${docs}decisions`).map((name) => {
    const date = /^(\d{4}-\d{2}-\d{2}), /m.exec(read(`decisions/${name}`))?.[1];
    return `| [${name.slice(0, 4)}](${name}) | ${date} |`;
  });
  expect(rows.filter((row) => !index.includes(row))).toEqual([]);
});

test.each(["openai-tools/chat-agent.mjs", "ai-sdk-tools/agent.mjs", "mcp-server/server.mjs"])(
  "the page of adapters shows the program examples/%s as it runs",
  (file) => {
    const program = readFileSync(new URL(`../examples/${file}`, import.meta.url), "utf8");
    const code = program.replaceAll(/\/\*\*.*?\*\/\n?|^\s*\/\/.*\n/gms, "");
    const squeeze = (text: string) => text.replaceAll(/\s+/g, " ").trim();
    expect(squeeze(readFileSync(new URL("../docs/adapters.md", import.meta.url), "utf8"))).toContain(squeeze(code));
  },
);
