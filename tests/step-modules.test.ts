import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

test("a step over REST runs at most 25 modules", () => {
  const args = ["--import", "tsx", "--conditions=@tau2/source", "bench/src/list-step-modules.ts"];
  const modules = execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }).trim().split("\n");
  expect(modules).toContain("packages/gym/src/server/rest/step-routes.ts");
  expect(modules).toContain("packages/domains/src/core/environment/execute-tool-call.ts");
  expect(modules.length, `modules of a step:\n${modules.join("\n")}`).toBeLessThanOrEqual(25);
});
