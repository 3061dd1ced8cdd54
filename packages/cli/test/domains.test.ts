import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emptyFolder, line, type Ran } from "./tau2.ts";

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

describe("your own domain", () => {
  it("is taken from a module that exports it by any name", async () => {
    const { code, stdout } = await line(`tools list ${fixture("library.ts")}`);
    expect(code).toBe(0);
    expect(stdout).toContain("shelve  agent  write  title, copies");
  });

  it("is taken from the default export of a plain JavaScript module", async () => {
    const { stdout } = await line(`tasks list ${fixture("plain.mjs")} --json`);
    expect(JSON.parse(stdout)).toMatchObject([{ id: "one", reward_basis: ["DB"] }, { id: "judged" }]);
  });

  it("runs without being registered anywhere", async () => {
    const { code, stdout } = await line(`run -d ${fixture("library.ts")} --task-ids one --json`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ domain: "library", metrics: { avg_reward: 1 } });
  });

  it.each([
    ["none.ts", "does not export a domain"],
    ["two.ts", "exports 2 values that could be a domain (first, second)"],
    ["missing.ts", "missing.ts does not exist"],
    ["broken.ts", "cannot be loaded: the shelves are empty"], // prose-ok: a library has shelves
  ])("%s is refused: %s", async (name, reason) => {
    const { code, stderr } = await line(`tools list ${fixture(name)}`);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });
});

it("an unknown domain is answered with the nearest name, or with all of them", async () => {
  expect((await line("tools list arline")).stderr).toBe("error: unknown domain 'arline'; did you mean 'airline'?\n");
  expect((await line("tools list zoo")).stderr).toMatch(/There are airline, .*mock.*, or give the path of a module/);
});

it("the working directory is not taken for a secret, though its variable is named like one", async () => {
  const cwd = emptyFolder();
  expect((await line("tools list ./missing.ts", { cwd, env: { PWD: cwd } })).stderr).toContain(cwd);
});

describe("the domain", () => {
  it.each([["run mock --num-tasks 1 --json"], ["baselines mock"], ["config show mock --json"]])(
    "is the word of `tau2 %s`, as with --domain",
    async (words) => {
      const asOption = words.replace(" mock", " --domain mock");
      // What differs between two runs: a name made of the time, an id, a duration.
      const plain = ({ code, stdout }: Ran) => ({ code, stdout: stdout.replaceAll(/^ +"(run|results_file|id|duration)": .*$/gm, "") });
      expect(plain(await line(words))).toEqual(plain(await line(asOption)));
      expect((await line(words)).code).toBe(0);
    },
  );

  it.each([["tasks list"], ["tools list"], ["tools openapi"]])("may have its option's name at `tau2 %s` too", async (command) => {
    const word = await line(`${command} mock`);
    expect(await line(`${command} -d mock`)).toEqual(word);
    expect(await line(`${command} --domain=mock`)).toEqual(word);
  });

  it("given as a word and as an option is an error", async () => {
    expect(await line("run mock -d retail")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--domain is given twice") as string,
    });
  });

  it.each([
    ["run telecom_small", "--task-split-name small"],
    ["run -d telecom-full", "--task-split-name full"],
    ["run telecom --task-set-name telecom_small", "--task-split-name small"],
    ["tasks list telecom_small", "--task-split-name small"],
    ["run banking_knowledge", "retrieves documents"],
  ])("of another name in tau2-bench: `tau2 %s` is answered with %s", async (words, hint) => {
    expect(await line(words)).toMatchObject({ code: 2, stderr: expect.stringContaining(hint) as string });
  });
});
