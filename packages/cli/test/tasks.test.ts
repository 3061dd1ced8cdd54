import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { line } from "./tau2.ts";

const library = fileURLToPath(new URL("./fixtures/library.ts", import.meta.url));

describe("tau2 tasks", () => {
  it("list shows every task with what it is graded by", async () => {
    const { stdout } = await line(`tasks list ${library}`);
    expect(stdout).toContain("one     You want one more Walden on the shelf.      1  DB"); // prose-ok: a library has shelves
    expect(stdout).toContain("2 tasks of library (inline data)");
  });

  it("list without a domain names them", async () => {
    expect(await line("tasks list")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: which domain? airline | mock | retail | telecom | telecom-workflow, or the path of a module with a domain of your own\n",
    });
  });

  it("list of a split shows its tasks, and an unknown split is answered with the nearest one", async () => {
    const ids = async (split: string) =>
      (JSON.parse((await line(`tasks list airline --task-split-name ${split} --json`)).stdout) as { id: string }[]).map(({ id }) => id);
    const [train, test, base] = [await ids("train"), await ids("test"), await ids("base")];
    expect(new Set([...train, ...test])).toEqual(new Set(base));
    expect((await line("tasks list airline --task-split-name trian")).stderr).toContain("did you mean 'train'?");
  });

  it("show prints the user's side, the solution and the grading criteria", async () => {
    const { stdout } = await line(`tasks show ${library} one`);
    expect(stdout).toContain("User\n  Instructions:\n    You want one more Walden on the shelf.");
    expect(stdout).toContain("Solution\n  shelve(title=Walden, copies=1)");
    expect(stdout).toContain("Graded by\n  DB"); // prose-ok: a library has shelves
  });

  it("show --json gives the task as files hold it", async () => {
    expect(JSON.parse((await line(`tasks show ${library} judged --json`)).stdout)).toMatchObject({
      id: "judged",
      evaluation_criteria: { nl_assertions: ["The agent greets the user."] },
    });
  });

  it("an unknown id is answered with the nearest one", async () => {
    const { code, stderr } = await line(`tasks show ${library} judge`);
    expect(code).toBe(2);
    expect(stderr).toContain("no task 'judge' in domain library; did you mean 'judged'?");
  });

  it("a data directory without the domain is named", async () => {
    expect((await line("tasks list airline --data no-such", {})).stderr).toMatch(
      /no data of domain 'airline' at .*no-such\/tau2\/domains\/airline/,
    );
    expect((await line("tasks list airline", { env: { TAU2_DATA_DIR: "elsewhere" } })).stderr).toMatch(/elsewhere\/tau2\/domains\/airline/);
  });
});
