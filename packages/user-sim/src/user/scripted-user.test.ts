import type { AssistantMessage, Message, Task, ToolMessage, UserMessage } from "@tau2/domains";
import { describe, expect, test } from "vitest";
import { scriptedUser, toFirstPerson } from "./scripted-user.ts";
import { isUserStop } from "./stop-tokens.ts";

const agent = (content: string): AssistantMessage => ({ role: "assistant", content, tool_calls: null });
const result = (id: string, content: string | null, error = false): ToolMessage => ({
  id,
  role: "tool",
  content,
  requestor: "user",
  error,
});

const action = (requestor: "user" | "assistant", name: string, args = {}) => ({
  action_id: name,
  requestor,
  name,
  arguments: args,
  info: null,
  compare_args: null,
});

const phoneTask: Pick<Task, "user_scenario" | "evaluation_criteria"> = {
  user_scenario: {
    persona: null,
    instructions: {
      domain: "phones",
      reason_for_call: "Your data does not work.",
      known_info: "Your number is 555-0100.",
      unknown_info: null,
      task_instructions: "You want it to work again.",
    },
  },
  evaluation_criteria: {
    actions: [
      action("assistant", "look_up"),
      action("user", "toggle_data"),
      action("assistant", "resume"),
      action("user", "reboot", { hard: true }),
    ],
    env_assertions: null,
    communicate_info: null,
    nl_assertions: null,
    reward_basis: ["DB"],
  },
};
const plainTask = { ...phoneTask, evaluation_criteria: null };

/** Talks to the user as an agent that says these lines; tools answer `ok`. */
function talk(task: typeof phoneTask, lines: readonly string[]): Message[] {
  const user = scriptedUser({ task });
  const messages: Message[] = [];
  for (const line of lines) {
    messages.push(agent(line));
    let answer = user.respond({ messages });
    messages.push(answer);
    while (answer.tool_calls) {
      messages.push(...answer.tool_calls.map((call) => result(call.id, "ok")));
      answer = user.respond({ messages });
      messages.push(answer);
    }
  }
  return messages;
}
const spokenBy = (messages: readonly Message[]) => messages.filter((message): message is UserMessage => message.role === "user");
const greeting = "Hi! How can I help you today?";

describe("the first message", () => {
  test("the first message tells the whole scenario in the first person", () => {
    expect(talk(plainTask, [greeting]).at(-1)).toEqual({
      role: "user",
      content: "Hello!\nMy data does not work.\nMy number is 555-0100.\nI want it to work again.",
      tool_calls: null,
      cost: 0,
    });
  });

  test("a scenario may be one text", () => {
    const task = { user_scenario: { persona: null, instructions: "You want a refund." }, evaluation_criteria: null };
    expect(scriptedUser({ task }).respond({ messages: [] }).content).toBe("Hello!\nI want a refund.");
  });

  test("a stop token in the scenario does not end the conversation", () => {
    const task = { user_scenario: { persona: null, instructions: "###STOP###" }, evaluation_criteria: null };
    const first = scriptedUser({ task }).respond({ messages: [agent(greeting)] });
    expect(isUserStop(first)).toBe(false);
    expect(first.content).toMatch(/\w/);
  });
});

describe("user-side actions of the solution", () => {
  test("one action is performed per agent message, and its result reported", () => {
    const said = spokenBy(talk(phoneTask, [greeting, "Please toggle your data.", "Now reboot.", "Solved."]));
    expect(said.map((message) => message.tool_calls?.map(({ id, name, arguments: args }) => [id, name, args]) ?? message.content)).toEqual([
      expect.stringContaining("Hello!"),
      [["user_call_1", "toggle_data", {}]],
      "Done. ok",
      [["user_call_2", "reboot", { hard: true }]],
      "Done. ok",
      "Thank you, that is all. ###STOP###",
    ]);
  });

  test("only actions that the agent names are performed, in any order", () => {
    const said = spokenBy(talk(phoneTask, [greeting, "Thank you for your patience.", "Reboot it, please.", "Now toggle_data()."]));
    expect(said.map((message) => message.tool_calls?.map(({ id, name }) => [id, name]) ?? message.content)).toEqual([
      expect.stringContaining("Hello!"),
      "Tell me what to do on my side, by the name that it has there, and I will do it.",
      [["user_call_2", "reboot"]],
      "Done. ok",
      [["user_call_1", "toggle_data"]],
      "Done. ok",
    ]);
  });

  test("an agent that requests nothing loses the user's patience", () => {
    const said = spokenBy(talk(phoneTask, [greeting, "One moment.", "Still here.", "Nearly there.", "Soon."]));
    expect(said.flatMap((message) => message.tool_calls ?? [])).toEqual([]);
    expect(isUserStop(said.at(-1)!)).toBe(true);
  });

  test("the longest matching name of an action wins", () => {
    const actions = [action("user", "toggle_wifi"), action("user", "toggle_wifi_calling")];
    const task = { ...phoneTask, evaluation_criteria: { ...phoneTask.evaluation_criteria!, actions } };
    const names = (line: string) => spokenBy(talk(task, [greeting, line])).flatMap((message) => message.tool_calls ?? []);
    expect(names("Please toggle Wi-Fi calling.").map(({ name }) => name)).toEqual(["toggle_wifi_calling"]);
    expect(names("Please toggle your Wi-Fi.").map(({ name }) => name)).toEqual(["toggle_wifi"]);
  });

  test("every call has the requestor user", () => {
    const calls = spokenBy(talk(phoneTask, [greeting, "Toggle data.", "Reboot."])).flatMap((message) => message.tool_calls ?? []);
    expect(calls.map((call) => call.requestor)).toEqual(["user", "user"]);
  });

  test("a failed call is reported and not repeated", () => {
    const before = talk(phoneTask, [greeting]);
    const user = scriptedUser({ task: phoneTask });
    const call = user.respond({ messages: [...before, agent("Toggle data.")] });
    const tried = [...before, agent("Toggle data."), call, result("user_call_1", "Error: no signal", true)];
    const report = user.respond({ messages: tried });
    expect(report.content).toBe("That did not work. Error: no signal");
    expect(user.respond({ messages: [...tried, report, agent("Toggle data again, or reboot.")] }).tool_calls?.[0]?.name).toBe("reboot");
  });

  test("a result without text is reported", () => {
    const messages = [...talk(phoneTask, [greeting]), agent("Toggle."), result("user_call_1", null)];
    expect(scriptedUser({ task: phoneTask }).respond({ messages }).content).toBe("Done.");
  });
});

describe("the end", () => {
  test("questions are answered with known facts until patience runs out", () => {
    const said = spokenBy(talk(plainTask, [greeting, "Sure?", "Really?", "Certain? ", "Quite?"])).slice(1);
    const again = "You have all the details that I can give, so please go ahead.\nMy number is 555-0100.";
    expect(said.map((message) => message.content)).toEqual([again, again, again, "Thank you, that is all. ###STOP###"]);
  });

  test("a transfer ends the conversation, even with actions left", () => {
    const end = spokenBy(talk(phoneTask, [greeting, "You are being transferred to a human agent. Please hold on."])).at(-1);
    expect(end?.content).toContain("###TRANSFER###");
    expect(end && isUserStop(end)).toBe(true);
  });
});

test("a scripted user is stateless: a forked conversation continues correctly", () => {
  const whole = talk(phoneTask, [greeting, "Toggle data.", "Reboot."]);
  const user = scriptedUser({ task: phoneTask });
  const again = whole.map((message, at) => (message.role === "user" ? user.respond({ messages: whole.slice(0, at) }) : message));
  expect(again).toEqual(whole);
});

describe("after a history", () => {
  const asked: UserMessage = { role: "user", content: "When do you open?", tool_calls: null };
  const withHistory = (message_history: Message[]) => ({
    ...plainTask,
    initial_state: { initialization_data: null, initialization_actions: null, message_history },
  });

  test("a history that ends with the agent is followed by the scenario", () => {
    const history = [agent("Hi!"), asked, agent("From nine to five.")];
    const user = scriptedUser({ task: withHistory(history) });
    const told = user.respond({ messages: history });
    expect(told.content).toContain("My data does not work.");
    expect(isUserStop(user.respond({ messages: [...history, told, agent("It works again.")] }))).toBe(true);
  });

  test("a history that ends with the user is not followed by the scenario", () => {
    const history = [agent("Hi!"), asked];
    const user = scriptedUser({ task: withHistory(history) });
    expect(isUserStop(user.respond({ messages: [...history, agent("It works again.")] }))).toBe(true);
  });
});

test.each([
  ["You want to cancel your flight.", "I want to cancel my flight."],
  ["You are Ana. You're in a hurry.", "I am Ana. I'm in a hurry."],
  ["Your user id is ana_1.", "My user id is ana_1."],
  ["If the agent gives you a choice, take the one that suits you.", "If the agent gives me a choice, take the one that suits me."],
  ["You'd book it yourself, the bags are yours, you were early.", "I'd book it myself, the bags are mine, I was early."],
  ["Young and youthful names stay: Youssef.", "Young and youthful names stay: Youssef."],
])("'%s' is spoken in the first person", (scenario, spoken) => {
  expect(toFirstPerson(scenario)).toBe(spoken);
});
