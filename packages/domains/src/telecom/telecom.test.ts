import { describe, expect, test } from "vitest";
import { selectTasks } from "../core/domain/domain-data.ts";
import { loadData } from "../data/load.ts";
import { domainContract } from "../testing/index.ts";
import { telecom, telecomWorkflow } from "./index.ts";

const kinds = (tools: readonly { name: string; kind: string }[]) => tools.map(({ name, kind }) => `${name} ${kind}`);

test("the agent's tools of telecom are listed in the order of tau2-bench", () => {
  expect(kinds(telecom.agent.tools)).toEqual([
    "get_customer_by_phone read",
    "get_customer_by_id read",
    "get_customer_by_name read",
    "get_details_by_id read",
    "suspend_line write",
    "resume_line write",
    "get_bills_for_customer read",
    "send_payment_request write",
    "get_data_usage read",
    "enable_roaming write",
    "disable_roaming write",
    "transfer_to_human_agents generic",
    "refuel_data write",
  ]);
});

test("the phone of telecom has 15 read tools and 15 write tools", () => {
  const tools = kinds(telecom.user?.tools ?? []);
  expect([tools.length, tools.filter((tool) => tool.endsWith(" read")).length]).toEqual([30, 15]);
  expect([tools[0], tools.at(-1)]).toEqual(["check_status_bar read", "make_payment write"]);
});

test("telecom and telecom-workflow differ only in the policy", () => {
  const [manual, workflow] = [loadData(telecom, { dataDir: null }), loadData(telecomWorkflow, { dataDir: null })];
  expect(workflow.policy).not.toBe(manual.policy);
  expect(workflow.db).toEqual(manual.db);
  expect(workflow.tasks().length).toBe(manual.tasks().length);
  expect(manual.policy).toMatch(/^<main_policy>\n[\s\S]+\n<\/main_policy>\n<tech_support_policy>\n[\s\S]+\n<\/tech_support_policy>$/);
});

describe("the contract of domains", () => {
  // One test per rule, over the small and the base split. The checksums of the composer cover all 2,285 tasks.
  const data = loadData(telecom, { dataDir: null });
  const tasks = [...selectTasks(telecom, data, { split: "small" }), ...selectTasks(telecom, data, { split: "base" })];
  const rules = new Map<string, { name: string; run(): void }[]>();
  for (const one of domainContract(telecom, { ...data, tasks: () => tasks, splits: () => null })) {
    const rule = one.name.replace(/ task \[.*\]: /, " tasks: ");
    rules.set(rule, [...(rules.get(rule) ?? []), one]);
  }

  test.each([...rules])("%s", (_, cases) => {
    for (const { name, run } of cases) expect(run, name).not.toThrow();
  });
});
