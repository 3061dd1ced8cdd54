import { beforeEach, expect, test, vi } from "vitest";
import { watchParent } from "./parent-watch.ts";

beforeEach(() => void vi.useFakeTimers());

/** Returns whether the watch notices that the parent of a command, started by this script, has ended. */
function notices(script: string | undefined): boolean {
  let parent = 40;
  const onEnd = vi.fn<() => void>();
  watchParent({ env: { npm_lifecycle_script: script }, parent, getParent: () => parent }, onEnd);
  vi.advanceTimersByTime(60_000);
  expect(onEnd).not.toHaveBeenCalled();
  parent = 1;
  vi.advanceTimersByTime(60_000);
  expect(onEnd.mock.calls.length).toBeLessThanOrEqual(1);
  return onEnd.mock.calls.length === 1;
}

test.each(["'tau2'", "tau2 serve", "npm run build && tau2 serve", "tau2 serve --base-url 'http://host?a=1&b=2'", "tau2 serve > log 2>&1"])(
  "a command that npm waits for ends with npm's shell: %s",
  (script) => expect(notices(script)).toBe(true),
);

test.each([undefined, "node dev.mjs", "tau2 serve &", "tau2 serve & node train.mjs", "nohup tau2 serve", "setsid tau2 serve"])(
  "a command that is meant to outlive its parent stays: %s",
  (script) => expect(notices(script)).toBe(false),
);

test("a watch that was stopped does not notice anything", () => {
  let parent = 40;
  const onEnd = vi.fn<() => void>();
  const stop = watchParent({ env: { npm_lifecycle_script: "tau2 serve" }, parent, getParent: () => parent }, onEnd);
  stop();
  parent = 1;
  vi.advanceTimersByTime(60_000);
  expect(onEnd).not.toHaveBeenCalled();
});
