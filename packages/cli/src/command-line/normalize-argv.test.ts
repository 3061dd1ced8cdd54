import { describe, expect, it, test } from "vitest";
import { normalizeArgv } from "./normalize-argv.ts";

const normalized = (text: string) => normalizeArgv(text.split(" ")).join(" ");

describe("lists", () => {
  it("give their option to each value, up to the next option", () => {
    expect(normalized("run --task-ids a b -d mock")).toBe("run --task-ids a --task-ids b -d mock");
    expect(normalized("run --config a b --json")).toBe("run --config a --config b --json");
  });

  it("without a value stay, so that the parser can say what is missing", () => {
    expect(normalized("run --task-ids")).toBe("run --task-ids");
    expect(normalized("run --task-ids --json")).toBe("run --task-ids --json");
  });

  it("with = stay as they are", () => {
    expect(normalized("run --task-ids=a,b --json")).toBe("run --task-ids=a,b --json");
  });
});

test("the commands of tau2-bench are known by its names", () => {
  expect(normalized("check-data --json")).toBe("data check --json");
});

describe("a tool's own arguments", () => {
  it("go behind --, where the parser leaves them alone", () => {
    expect(normalized("tools call mock t --user_id x --title y")).toBe("tools call mock t -- --user_id x --title y");
  });

  it("may be mixed with the options of the command", () => {
    expect(normalized("tools call mock t --user_id x --json --state f --flag")).toBe(
      "tools call mock t --json --state f -- --user_id x --flag",
    );
    expect(normalized("tools call --data=d mock t --a=1")).toBe("tools call --data=d mock t -- --a=1");
  });

  it("of the name of an option can stand behind -- by hand", () => {
    expect(normalized("tools call mock t --json -- --state x")).toBe("tools call mock t --json -- --state x");
  });

  it("are not there in a plain call", () => {
    expect(normalized("tools call mock t")).toBe("tools call mock t");
  });
});

test("options may be written as in act-prm; values stay as they are", () => {
  expect(normalized("rollout --env_config a_b --run_name=x_y=z --seed 1")).toBe("rollout --env-config a_b --run-name=x_y=z --seed 1");
});

test.each([
  ["config show rollout --json", "config rollout --json"],
  ["config show --trainer_config=x", "config rollout --trainer-config=x"],
  ["config show -d airline", "config show -d airline"],
])("%s is %s", (words, meant) => {
  expect(normalized(words)).toBe(meant);
});
