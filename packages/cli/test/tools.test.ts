import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "@tau2/domains";
import { loadEnvironment } from "@tau2/domains/data";
import { retail } from "@tau2/domains/retail";
import { describe, expect, it } from "vitest";
import { emptyFolder, line, tau2 } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));
const call = (...words: string[]) => tau2(["tools", "call", library, "shelve", ...words]);

describe("tau2 tools call", () => {
  it("prints what a model would be answered", async () => {
    expect(await call("--title", "Walden")).toEqual({ code: 0, stdout: "3\n", stderr: "" });
  });

  it("takes arguments by name, with = or -, as JSON unless they are strings, or all as one object", async () => {
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
    [["--titel", "x"], "'titel'; did you mean 'title'?"],
    [["x"], "'x' belongs to no argument; write --NAME VALUE"],
    [["--title"], "--title needs a value"],
    [["--copies", "many"], "--copies takes JSON (integer), got: many"],
    [["--args", "[1]"], "--args must be a JSON object"],
    [["--title", "x", "--as", "nobody"], '--as must be one of assistant, user, not "nobody"'], // prose-ok: an unknown name
    [["--title", "x", "--as", "user"], "no tool 'shelve' on the user's side"],
  ])("%j is refused: %s", async (words, reason) => {
    const { code, stderr } = await call(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });

  it("a tool's name is answered with the nearest one", async () => {
    expect((await line(`tools call ${library} shelf`)).stderr).toContain("no tool 'shelf' in domain library; did you mean 'shelve'?"); // prose-ok: a library has shelves
    expect((await line(`tools show ${library} shelf`)).stderr).toContain("did you mean 'shelve'?"); // prose-ok: a library has shelves
  });
});

describe("--state", () => {
  const shelve = (cwd: string) => tau2(["tools", "call", library, "shelve", "--title", "Walden", "--state", "s.json"], { cwd });

  it("keeps the databases from call to call", async () => {
    const cwd = emptyFolder();
    expect((await shelve(cwd)).stdout).toBe("3\n");
    expect((await shelve(cwd)).stdout).toBe("4\n");
    expect(JSON.parse(readFileSync(join(cwd, "s.json"), "utf8"))).toMatchObject({
      domain: "library",
      source: "inline",
      agent: { shelves: { Walden: 4 } },
    });
    expect(readdirSync(cwd)).toEqual(["s.json"]);
  });

  it("gives the same answers as a conversation in one process", async () => {
    const cwd = emptyFolder();
    const env = loadEnvironment(retail, { dataDir: null });
    const order = Object.values(env.db.orders).find(({ status }) => status === "pending");
    const product = Object.values(env.db.products).find(({ variants }) => variants.size > 2);
    const calls: [string, Record<string, string>][] = [
      ["cancel_pending_order", { order_id: order!.order_id, reason: "no longer needed" }],
      ["get_order_details", { order_id: order!.order_id }],
      ["cancel_pending_order", { order_id: order!.order_id, reason: "no longer needed" }],
      ["get_product_details", { product_id: product!.product_id }],
    ];
    for (const [name, args] of calls) {
      const words = Object.entries(args).flatMap(([key, value]) => [`--${key}`, value]);
      const { content, error } = (env as Environment).call(name, args);
      const { code, stdout } = await tau2(["tools", "call", "retail", name, ...words, "--state", "s.json"], { cwd });
      expect({ code, stdout }).toEqual({ code: error ? 1 : 0, stdout: `${content}\n` });
    }
  });

  it.each([
    [
      '{"version":1,"domain":"airline","source":"inline","issued":0,"notes":{},"agent":{},"user":null}',
      "the state is of domain airline, not of library",
    ],
    [
      '{"version":1,"domain":"library","source":"starter","issued":0,"notes":{},"agent":{},"user":null}',
      "the state began from starter data",
    ],
    ['{"version":1,"domain":"library","source":"inline","issued":0,"notes":{},"agent":{"shelves":{"x":"y"}},"user":null}', "shelves.x"],
    ["{", "the state is not JSON"],
    ["", "the state is empty"],
  ])("a file with %j is refused and left alone", async (text, reason) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "s.json"), text);
    const { code, stdout, stderr } = await shelve(cwd);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`${join(cwd, "s.json")} is not used: `);
    expect(stderr).toContain(reason);
    expect(readFileSync(join(cwd, "s.json"), "utf8")).toBe(text);
  });

  it("a place that cannot be read or written is named", async () => {
    const cwd = emptyFolder();
    const keptAt = (path: string) => tau2(["tools", "call", library, "shelve", "--title", "x", "--state", path], { cwd });
    expect(await keptAt(".")).toMatchObject({ code: 2, stderr: expect.stringContaining(`${cwd} cannot be read`) });
    expect(await keptAt("no/folder.json")).toMatchObject({ code: 2, stderr: expect.stringContaining("the state cannot be written to") });
  });
});

describe("tau2 tools openapi", () => {
  it("prints the document of a domain, in either spelling", async () => {
    const { stdout } = await line("tools openapi mock");
    expect(JSON.parse(stdout)).toMatchObject({
      openapi: "3.1.0",
      paths: { "/tools/create_task": {}, "/user_tools/check_notifications": {} },
    });
    for (const other of [
      "tools --openapi --domain mock",
      "tools --domain=mock --openapi",
      "tools --openapi -d mock",
      "tools --openapi mock",
    ]) {
      expect((await line(other)).stdout).toBe(stdout);
    }
  });

  it("wants a domain", async () => {
    expect(await line("tools --openapi")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: which domain\? airline \| mock/) as string,
    });
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
