import { expect, test } from "vitest";
import { createEnvironmentConfig } from "../../core/environment/execute-tool-call.ts";
import { loadData } from "../../data/load.ts";
import { checkComposition, intents, issues, telecom, type Intent, type Issue } from "../index.ts";
import { carrier, phone } from "./issues.ts";

const setup = createEnvironmentConfig(telecom, loadData(telecom, { dataDir: null })) as never;
const check = (intent: Intent, ...parts: Issue[]) => checkComposition(setup, { intent, issues: parts, persona: "None" });

test.each(
  Object.values(intents)
    .flatMap((intent) => intent.groups.flat().map((name) => ({ intent, issue: issues[name] as Issue })))
    .filter(({ intent, issue }) => intent.accepts([issue])),
)("the issue $issue.name alone makes a sound $intent.name task", ({ intent, issue }) => {
  expect(check(intent, issue)).toEqual([]);
});

test("a composition can mix your own issues with those of the domain", () => {
  const flatPlan: Issue = {
    name: "line_used_up",
    breaks: [carrier("set_data_usage", { customer_id: "C1001", line_id: "L1002", data_used_gb: 15.5 })],
    repairs: [carrier("refuel_data", { customer_id: "C1001", line_id: "L1002", gb_amount: 2 })],
    shows: [phone("assert_mobile_data_usage_exceeded", { expected_status: true })],
  };
  expect(check(intents.mobileData, flatPlan, issues.data_saver_mode_on)).toEqual([]);
});

test("checkComposition reports an issue that does not break the phone", () => {
  const harmless: Issue = { name: "harmless", breaks: [phone("toggle_wifi")], repairs: [phone("toggle_wifi")], shows: [] };
  expect(check(intents.service, harmless)).toEqual([expect.stringContaining("before the first repair")]);
});

test("checkComposition reports a useless repair, an invisible issue and an issue that cannot be set up", () => {
  const stubborn: Issue = { ...issues.airplane_mode_on, repairs: [phone("toggle_wifi")] };
  const unseen: Issue = { ...issues.unseat_sim_card, shows: [phone("assert_airplane_mode_status", { expected_status: true })] };
  const impossible: Issue = {
    ...issues.data_usage_exceeded,
    breaks: [carrier("set_data_usage", { customer_id: "C1001", line_id: "L1009", data_used_gb: 20 })],
  };
  expect(check(intents.service, stubborn)).toEqual([expect.stringContaining("after all repairs")]);
  expect(check(intents.service, unseen)).toEqual([expect.stringMatching(/unseat_sim_card.*assert_airplane_mode_status/)]);
  expect(check(intents.mobileData, impossible)).toContainEqual(
    expect.stringMatching(/data_usage_exceeded.*Line L1009 not found for customer C1001/),
  );
});
