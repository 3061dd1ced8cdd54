import { Environment, createEnvironmentConfig, parseInlineData, type Domain, type InlineData } from "@tau2/domains";
import { airline } from "@tau2/domains/airline";
import { mock } from "@tau2/domains/mock";
import { retail } from "@tau2/domains/retail";
import { telecom } from "@tau2/domains/telecom";
import { describe, expect, test } from "vitest";
import { bundleDomain, playBundle, type Play } from "./play.ts";

type Calls = Play["calls"];

/** A domain with data given as a value, calls that read and write it, and how each answer begins. */
const plays: { domain: Domain; data: InlineData; calls: Calls; answers: string[] }[] = [
  {
    domain: mock,
    data: { db: { tasks: {}, users: { u1: { user_id: "u1", name: "Ada", tasks: [] } } }, userDb: {}, policy: "Be kind." },
    calls: [
      { name: "create_task", arguments: { user_id: "u1", title: "Café ☕" } },
      { name: "get_users", arguments: {} },
      { name: "create_task", arguments: { user_id: "nobody", title: "x" } },
    ],
    answers: ['{"task_id": "task_1"', '[{"user_id": "u1", "name": "Ada", "tasks": ["task_1"]}]', "Error: "],
  },
  {
    domain: airline,
    data: { db: { flights: {}, users: {}, reservations: {} }, policy: "Be on time." },
    calls: [
      { name: "calculate", arguments: { expression: "2 * (3 + 4)" } },
      { name: "get_user_details", arguments: { user_id: "nobody" } },
    ],
    answers: ["14.0", "Error: "],
  },
  {
    domain: retail,
    data: { db: { products: { "7": { name: "Lamp", product_id: "7", variants: {} } }, users: {}, orders: {} }, policy: "Be quick." },
    calls: [
      { name: "list_all_product_types", arguments: {} },
      { name: "get_order_details", arguments: { order_id: "#W0000000" } },
    ],
    answers: ['{"Lamp": "7"}', "Error: "],
  },
  {
    domain: telecom,
    data: { db: {}, userDb: {}, policy: "Be patient." },
    calls: [{ name: "get_customer_by_id", arguments: { customer_id: "C1" } }],
    answers: ["Error: "],
  },
];

function playHere({ domain, data, calls }: (typeof plays)[number]) {
  const environment = new Environment(createEnvironmentConfig(domain, parseInlineData(domain, data)));
  const contents = calls.map((call) => environment.call(call.name, call.arguments as never).content);
  return { contents, hash: environment.hash() };
}

describe.each(plays)("$domain.name in a browser", (play) => {
  const bundled = bundleDomain(play.domain.name);

  test("needs nothing of Node, reads no files and carries no data", async () => {
    const { modules } = await bundled;
    expect(modules).toContain(`packages/domains/src/${play.domain.name}/index.ts`);
    expect(modules.filter((path) => /^node:|domains\/data\/|domains\/src\/data\//.test(path))).toEqual([]);
  });

  test("does not contain another domain", async () => {
    const { modules } = await bundled;
    const rooms = new Set(modules.flatMap((path) => /domains\/src\/(\w+)\//.exec(path)?.[1] ?? []));
    expect([...rooms].toSorted()).toEqual(["core", play.domain.name].toSorted());
  });

  test("answers calls and hashes its database as in Node", async () => {
    const { code } = await bundled;
    const { domain, data, calls, answers } = play;
    const there = playBundle(code, { domain: domain.name, data, calls });
    expect(there.contents.map((content, at) => content.slice(0, answers[at]!.length))).toEqual(answers);
    expect(there).toEqual(playHere(play));
  });
});

test("a program that does need Node cannot be bundled", async () => {
  await expect(bundleDomain("data")).rejects.toThrow(/node:fs/);
});
