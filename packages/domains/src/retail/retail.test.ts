import { describe, expect, test } from "vitest";
import { createStarterConfig } from "../../test/solutions.ts";
import { createEnvironmentConfig } from "../core/environment/execute-tool-call.ts";
import type { Domain } from "../core/domain/domain.ts";
import { loadData, loadEnvironment } from "../data/index.ts";
import { domainContract } from "../testing/index.ts";
import { retail } from "./index.ts";

test("the tools of retail, their kinds and their order are those of tau2-bench", () => {
  expect(retail.agent.tools.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    "calculate generic",
    "cancel_pending_order write",
    "exchange_delivered_order_items write",
    "find_user_id_by_name_zip read",
    "find_user_id_by_email read",
    "get_order_details read",
    "get_product_details read",
    "get_item_details read",
    "get_user_details read",
    "list_all_product_types read",
    "modify_pending_order_address write",
    "modify_pending_order_items write",
    "modify_pending_order_payment write",
    "modify_user_address write",
    "return_delivered_order_items write",
    "transfer_to_human_agents generic",
  ]);
});

test("retail does not have user tools or a solo mode", () => {
  expect(retail.user).toBeNull();
  expect(() => createEnvironmentConfig<Domain>(retail, createStarterConfig(retail).data, { solo: true })).toThrow(
    "Retail domain does not support solo mode",
  );
});

test("calculate and transfer_to_human_agents do not change the retail database", () => {
  const desk = loadEnvironment(retail, { dataDir: null });
  expect(desk.call("calculate", { expression: "58.65 + 142.28" }).content).toBe("200.93");
  expect(desk.call("transfer_to_human_agents", { summary: "A cancellation is to be undone." }).content).toBe("Transfer successful");
  expect(desk.diff().agent).toEqual([]);
});

describe("the contract of domains", () => {
  test.for(domainContract(retail, loadData(retail, { dataDir: null })))("$name", ({ run }) => {
    expect(run).not.toThrow();
  });
});
