import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emptyFolder, line, tau2 } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));
const call = (...words: string[]) => tau2(["tools", "call", library, "shelve", ...words]);

describe("tau2 tools call", () => {
  it("prints what a model would be answered", async () => {
    expect(await call("--title", "Walden")).toEqual({ code: 0, stdout: "3\n", stderr: "" });
  });

  it("takes arguments by name, with = or -, as JSON where they are no texts, or all as one object", async () => {
    expect((await call("--title=Emma", "--copies", "2")).stdout).toBe("2\n");
    expect((await call("--args", '{"title":"Emma","copies":4}')).stdout).toBe("4\n");
    expect((await call("--copies", "5", "--args", '{"title":"Emma","copies":4}')).stdout).toBe("5\n");
    expect(JSON.parse((await call("--title", "Emma", "--json")).stdout)).toEqual({ content: "1", error: false });
  });

  it("a refusal of the tool is exit code 1", async () => {
    const { code, stdout } = await call("--copies", "1");
    expect(code).toBe(1);
    expect(stdout).toBe("Error: shelve: argument 'title' is missing (string)\n");
  });

  it.each([
    [["--titel", "x"], "shelve has no argument 'titel'; did you mean 'title'?"],
    [["x"], "'x' belongs to no argument; write --NAME VALUE"],
    [["--title"], "--title needs a value"],
    [["--copies", "many"], "--copies takes JSON (integer), and this is none: many"],
    [["--args", "[1]"], "--args must be a JSON object"],
    [["--title", "x", "--as", "nobody"], '--as must be one of assistant, user, not "nobody"'],
    [["--title", "x", "--as", "user"], "no tool 'shelve' on the user's side"],
  ])("%j is refused: %s", async (words, reason) => {
    const { code, stderr } = await call(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });

  it("a tool's name is answered with the nearest one", async () => {
    expect((await line(`tools call ${library} shelf`)).stderr).toContain("no tool 'shelf' in domain library; did you mean 'shelve'?");
    expect((await line(`tools show ${library} shelf`)).stderr).toContain("did you mean 'shelve'?");
  });
});

describe("--state", () => {
  it("keeps the databases from call to call", async () => {
    const cwd = emptyFolder();
    const words = ["tools", "call", library, "shelve", "--title", "Walden", "--state", "s.json"];
    expect((await tau2(words, { cwd })).stdout).toBe("3\n");
    expect((await tau2(words, { cwd })).stdout).toBe("4\n");
    expect(JSON.parse(readFileSync(join(cwd, "s.json"), "utf8"))).toMatchObject({ domain: "library", agent: { shelves: { Walden: 4 } } });
    expect(existsSync(join(cwd, "s.json.tmp"))).toBe(false);
  });

  it("a file of another domain, or with another content, is refused", async () => {
    const cwd = emptyFolder();
    const refused = async (text: string) => {
      writeFileSync(join(cwd, "s.json"), text);
      return (await tau2(["tools", "call", library, "shelve", "--title", "x", "--state", "s.json"], { cwd })).stderr;
    };
    expect(await refused('{"domain":"airline","agent":{},"user":null}')).toContain("holds a state of domain airline, not of library");
    expect(await refused('{"domain":"library","agent":{"shelves":{"x":"y"}},"user":null}')).toContain("shelves.x");
    expect(await refused("{")).toContain("cannot be read as a state");
  });
});

describe("tau2 tools show and list", () => {
  it("show says what a tool takes and how to call it", async () => {
    const { stdout } = await line(`tools show ${library} shelve`);
    expect(stdout).toContain("title     string             The book.");
    expect(stdout).toContain("copies    integer  optional  How many.");
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(`tau2 tools call ${library} shelve --title …`);
  });

  it("--json gives the declaration that models are shown", async () => {
    const { stdout } = await line(`tools list ${library} --json`);
    expect(JSON.parse(stdout)).toMatchObject([
      { requestor: "assistant", kind: "write", type: "function", function: { name: "shelve", parameters: { required: ["title"] } } },
    ]);
  });

  it("a narrow terminal shows the columns that matter", async () => {
    const { stdout } = await line(`tools list ${library}`, { terminal: 40, env: { NO_COLOR: "1" } });
    expect(stdout.split("\n")[0]).toBe("tool    of     kind   arguments");
  });
});
