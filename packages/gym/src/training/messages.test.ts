import { describe, expect, test } from "vitest";
import { onChores } from "../../test/training.ts";
import { hideObservations, parseObservation, formatTruncationMessage } from "./messages.ts";
import { getEnv } from "./tau2bench-env.ts";

const roles = ["system", "user", "assistant", "tool", "assistant", "tool", "user"];
const messages = roles.map((role, i) => ({ role, content: `${i}` }));
const contents = (list: readonly object[]) => list.map((message) => ("content" in message ? message.content : null));

describe("hiding observations", () => {
  test("puts a placeholder for those of user and tools that are neither among the first nor among the last", () => {
    const hidden = hideObservations(messages, { first_obs_to_show: 2, last_obs_to_show: 1, hidden_obs_content: "-" });
    expect(contents(hidden)).toEqual(["0", "1", "2", "-", "4", "-", "6"]);
  });

  test("drops everything else of a message but which call it answers", () => {
    const options = { hidden_obs_content: "-", first_obs_to_show: 0, last_obs_to_show: 0 };
    const output = { role: "tool" as const, type: "function_call_output" as const, call_id: "c", output: "x" };
    expect(hideObservations([output], options)).toEqual([{ role: "tool", content: "-" }]);
    expect(hideObservations([{ role: "tool", content: "x", tool_call_id: "c" }], options)).toEqual([
      { role: "tool", content: "-", tool_call_id: "c" },
    ]);
  });

  test("goes by the environment's keywords where the call says nothing, or something that counts as nothing", () => {
    const env = getEnv("tau2bench", { ...onChores, hide_observations: true, first_obs_to_show: 4 });
    expect(contents(env.maybeHideObservations(messages))).toEqual(["0", "1", "2", "3", "4", "...", "..."]);
    const nothing = { hide_observations: false, hidden_obs_content: "", first_obs_to_show: 0, last_obs_to_show: null };
    expect(env.maybeHideObservations(messages, nothing)).toEqual(env.maybeHideObservations(messages));
    expect(contents(env.maybeHideObservations(messages, { hidden_obs_content: "?", last_obs_to_show: 1 }))).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "?",
      "6",
    ]);
    expect(getEnv("tau2bench", onChores).maybeHideObservations(messages)).toBe(messages);
  });

  test("an environment hides observations before the step, and hidden observations stay hidden", () => {
    const env = getEnv("tau2bench", { ...onChores, hide_observations: true });
    let state = env.reset();
    const shown = [
      { role: "system", content: "s" },
      { role: "user", content: "u" },
      { role: "tool", content: "t" },
    ];
    ({ state } = env.step({ parsed_actions: [], current_state: state, current_messages: shown }));
    expect(contents(state.prior_messages)).toEqual(["s", "u", "..."]);
    expect(state.new_messages).not.toContainEqual(expect.objectContaining({ content: "..." }));
  });
});

test("an observation loses one role at the beginning of each line, and blanks at both ends of the whole", () => {
  expect(parseObservation("user: Hello\n  there\ntool: user: x\n")).toBe("Hello\n  there\nuser: x");
  expect(parseObservation("User: a\nusers: b\nuser:c")).toBe("User: a\nusers: b\nuser:c");
  expect(parseObservation("")).toBe("");
});

test("a message without content leaves its role, for the blank after it is gone", () => {
  expect(parseObservation("tool: ")).toBe("tool:");
});

test("blanks are what Python calls so", () => {
  expect(parseObservation("user: a\u001c\u0085")).toBe("a");
  expect(parseObservation("user: a\ufeff")).toBe("a\ufeff");
});

test("the number of turns is filled in, and doubled braces become single ones", () => {
  expect(formatTruncationMessage("{max_turns} of {max_turns}, {{a}} }}", 3)).toBe("3 of 3, {a} }");
  expect(formatTruncationMessage("Enough.", 3)).toBe("Enough.");
});

test.each(["{turns}", "{max_turns", "a } b", "{}"])("nothing else can be filled in: %s", (template) => {
  expect(() => formatTruncationMessage(template, 3)).toThrow("only {max_turns} can be filled in; write {{ and }} for braces");
});
