import type { ToolDeclaration } from "@tau2/domains";
import { expect, test } from "vitest";
import { filterUserTools } from "./user.ts";

const phone = ["check_signal", "toggle_data", "reboot"].map((name): ToolDeclaration => ({
  type: "function",
  function: { name, description: name, parameters: { type: "object", properties: {} } },
}));
const offered = (names: string[] | null) => filterUserTools(phone, names)?.map((tool) => tool.function.name) ?? null;

test("a task that says nothing about user tools offers all of them", () => {
  expect(offered(null)).toEqual(["check_signal", "toggle_data", "reboot"]);
});

test("a task offers the user tools that it names, in the domain's order", () => {
  expect(offered(["reboot", "check_signal"])).toEqual(["check_signal", "reboot"]);
});

test("no tools at all are null, never an empty list", () => {
  expect(offered([])).toBeNull();
  expect(filterUserTools([], null)).toBeNull();
});

test("one unknown name takes all tools away, as in the reference", () => {
  expect(offered(["reboot", "fly"])).toBeNull();
});
