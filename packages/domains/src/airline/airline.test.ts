import { describe, expect, test } from "vitest";
import { createStarterConfig } from "../../test/solutions.ts";
import { createEnvironmentConfig } from "../core/environment/execute-tool-call.ts";
import type { Domain } from "../core/domain/domain.ts";
import { loadEnvironment } from "../data/index.ts";
import { domainContract } from "../testing/index.ts";
import { airline } from "./index.ts";

const setup = createStarterConfig(airline);

test("the tools of airline, their kinds and their order are those of tau2-bench", () => {
  expect(airline.agent.tools.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    "book_reservation write",
    "calculate generic",
    "cancel_reservation write",
    "get_reservation_details read",
    "get_user_details read",
    "list_all_airports read",
    "search_direct_flight read",
    "search_onestop_flight read",
    "send_certificate write",
    "transfer_to_human_agents generic",
    "update_reservation_baggages write",
    "update_reservation_flights write",
    "update_reservation_passengers write",
    "get_flight_status read",
  ]);
});

test("airline does not have user tools or a solo mode", () => {
  expect(airline.user).toBeNull();
  expect(() => createEnvironmentConfig(airline as Domain, setup.data, { solo: true })).toThrow("Airline domain does not support solo mode");
});

test("calculate and transfer_to_human_agents do not change the airline database", () => {
  const desk = loadEnvironment(airline, { dataDir: null });
  expect(desk.call("calculate", { expression: "2 * (141 - 126)" }).content).toBe("30.0");
  expect(desk.call("transfer_to_human_agents", { summary: "A leg was flown." }).content).toBe("Transfer successful");
  expect(desk.diff().agent).toEqual([]);
});

describe("the contract of domains", () => {
  test.for(domainContract(airline as Domain, setup.data))("$name", ({ run }) => expect(run).not.toThrow());
});
