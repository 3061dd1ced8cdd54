import { Tau2Error } from "@tau2/domains";
import { ModelError, type ModelFault } from "@tau2/user-sim";
import { describe, expect, test } from "vitest";
import { classifyFault } from "./fault.ts";

describe("the class of a fault", () => {
  test.each<[ModelFault, string, boolean]>([
    ["transient", "infrastructure", true],
    ["timeout", "timeout", true],
    ["reply", "agent", true],
    ["too_large", "agent", false],
    ["configuration", "infrastructure", false],
    ["context", "context", false],
    ["cancelled", "cancelled", false],
  ])("a model's fault '%s' has class '%s' and is transient: %s", (fault, class_, transient) => {
    expect(classifyFault(new ModelError(fault, "…"), "agent")).toMatchObject({ class: class_, role: "agent", transient });
  });

  test.each(["agent", "user", "judge"] as const)("an error in the code of the %s is its fault and final", (role) => {
    expect(classifyFault(new TypeError("oops"), role)).toMatchObject({ class: role, transient: false });
  });

  test("an unusable message is transient", () => {
    expect(classifyFault(new Tau2Error("protocol", "empty"), "user")).toMatchObject({ class: "user", transient: true });
  });

  test("a fault of the environment is infrastructure", () => {
    expect(classifyFault(new Tau2Error("protocol", "history"), "environment")).toMatchObject({ class: "infrastructure", transient: false });
  });
});
