import type { ToolDeclaration } from "@tau2/domains";
import { expect, test } from "vitest";
import { filterUserTools } from "./user.ts";

const phone = ["check_signal", "toggle_data", "reboot"].map((name): ToolDeclaration => ({
  type: "function",
  function: { name, description: name, parameters: { type: "object", properties: {} } },
}));
const offered = (names: string[] | null) => filterUserTools(phone, names)?.map((tool) => tool.function.name) ?? null;

test("a task without `user_tools` offers all user tools", () => {
  expect(offered(null)).toEqual(["check_signal", "toggle_data", "reboot"]);
});

test("a task offers the user tools that it names, in the domain's order", () => {
  expect(offered(["reboot", "check_signal"])).toEqual(["check_signal", "reboot"]);
});

test("an empty selection of tools is null, never an empty list", () => {
  expect(offered([])).toBeNull();
  expect(filterUserTools([], null)).toBeNull();
});

test("one unknown name removes all tools, as in tau2-bench", () => {
  expect(offered(["reboot", "fly"])).toBeNull();
});
