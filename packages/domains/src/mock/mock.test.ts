import { beforeEach, describe, expect, test } from "vitest";
import type { Environment } from "../core/environment/environment.ts";
import { loadEnvironment } from "../data/index.ts";
import { mock } from "./index.ts";

let desk: Environment<typeof mock>;

beforeEach(() => {
  desk = loadEnvironment(mock, { dataDir: null });
});

test("the tools of mock, their kinds and their order are those of tau2-bench", () => {
  const listed = (tools: readonly { name: string; kind: string }[] = []) => tools.map(({ name, kind }) => `${name} ${kind}`);
  expect(listed(mock.agent.tools)).toEqual([
    "create_task write",
    "get_users read",
    "update_task_status write",
    "transfer_to_human_agents generic",
  ]);
  expect(listed(mock.user?.tools)).toEqual(["check_notifications read", "dismiss_notification write"]);
});

describe("create_task", () => {
  test("adds a pending to-do with the next number to the list of the user", () => {
    const { content } = desk.call("create_task", { user_id: "user_4", title: "Buy stamps", description: "Twenty." });
    expect(content).toBe('{"task_id": "task_7", "title": "Buy stamps", "description": "Twenty.", "status": "pending"}');
    expect(desk.db.users["user_4"]!.tasks).toEqual(["task_7"]);
  });

  test("treats a description of null like a missing one", () => {
    desk.call("create_task", { user_id: "user_4", title: "Buy stamps", description: null });
    expect(desk.db.tasks["task_7"]!.description).toBeNull();
    expect(desk.call("create_task", { user_id: "user_4", title: "Buy more" }).content).toContain('"description": null');
  });

  test("fails for an unknown user, including names of Object.prototype", () => {
    expect(desk.call("create_task", { user_id: "user_9", title: "x" })).toMatchObject({
      error: true,
      content: "Error: User user_9 not found",
    });
    expect(desk.call("create_task", { user_id: "constructor", title: "x" }).content).toBe("Error: User constructor not found");
    expect(desk.diff().agent).toEqual([]);
  });

  test("overwrites a to-do after a gap in the numbers", () => {
    desk.reset({
      initialization_data: {
        agent_data: { tasks: { task_8: { task_id: "task_8", title: "Far ahead", status: "pending" } } },
        user_data: null,
      },
    });
    desk.call("create_task", { user_id: "user_4", title: "Overwrites" });
    expect(desk.db.tasks["task_8"]!.title).toBe("Overwrites");
  });
});

describe("update_task_status", () => {
  test("changes the status to completed and back", () => {
    expect(desk.call("update_task_status", { task_id: "task_1", status: "completed" }).content).toContain('"status": "completed"');
    desk.call("update_task_status", { task_id: "task_1", status: "pending" });
    expect(desk.diff().agent).toEqual([]);
  });

  test("fails for an unknown status and for an unknown to-do", () => {
    expect((desk as Environment).call("update_task_status", { task_id: "task_1", status: "started" }).content).toMatch(
      /^Error: update_task_status: argument 'status'/,
    );
    expect(desk.call("update_task_status", { task_id: "task_0", status: "pending" }).content).toBe("Error: Task task_0 not found");
    expect(desk.diff().agent).toEqual([]);
  });
});

test("get_users lists users with the ids of their to-dos", () => {
  expect(JSON.parse(desk.call("get_users").content!)[0]).toEqual({ user_id: "user_1", name: "Noor Vidal", tasks: ["task_1", "task_4"] });
});

describe("the user's device of mock", () => {
  test("shows read and unread notes", () => {
    expect(JSON.parse(desk.call("check_notifications", {}, "user").content!)).toHaveLength(3);
  });

  test("can dismiss a note repeatedly", () => {
    for (const _ of [1, 2]) {
      expect(desk.call("dismiss_notification", { notification_id: "notif_1" }, "user").content).toBe("Notification notif_1 dismissed");
    }
    expect(desk.diff().user).toEqual([{ path: ["notifications", "notif_1", "status"], op: "replace", value: "read" }]);
    expect(desk.call("dismiss_notification", { notification_id: "notif_9" }, "user").content).toBe("Error: Notification notif_9 not found");
  });

  test("is not available to the agent, except in solo mode", () => {
    expect((desk as Environment).call("check_notifications").content).toBe("Error: Tool 'check_notifications' not found.");
    const alone: Environment = loadEnvironment(mock, { dataDir: null, solo: true });
    expect(alone.call("check_notifications").error).toBe(false);
    expect(alone.call("check_notifications", {}, "user").content).toBe("Error: User tool calls are not allowed in solo mode");
    expect(alone.policy).not.toBe(desk.policy);
  });
});

describe("functions of mock", () => {
  const assertion = (env_type: "assistant" | "user", func_name: string, args: Record<string, string | number>) =>
    desk.check({ env_type, func_name, arguments: args, assert_value: true, message: null });

  test("check to-dos and notes", () => {
    expect(assertion("assistant", "assert_number_of_tasks", { user_id: "user_1", expected_number: 2 })).toBe(true);
    expect(assertion("assistant", "assert_number_of_tasks", { user_id: "user_1", expected_number: 3 })).toBe(false);
    expect(assertion("assistant", "assert_task_status", { task_id: "task_2", expected_status: "completed" })).toBe(true);
    expect(assertion("assistant", "assert_task_status", { task_id: "task_2", expected_status: "lost" })).toBe(false);
    expect(assertion("user", "assert_notification_status", { notification_id: "notif_2", expected_status: "read" })).toBe(true);
  });

  test("add unread notes and replace a note with the same id in place", () => {
    const add = (notification_id: string, message: string) =>
      desk.callFunction({ env_type: "user", func_name: "add_notification", arguments: { notification_id, message } });
    add("notif_2", "Changed");
    add("notif_9", "New");
    expect(Object.values(desk.userDb.notifications).map(({ notification_id, status }) => `${notification_id} ${status}`)).toEqual([
      "notif_1 unread",
      "notif_2 unread",
      "notif_3 unread",
      "notif_9 unread",
    ]);
  });

  test("cannot be called as tools", () => {
    expect((desk as Environment).call("assert_task_status", { task_id: "task_1", expected_status: "pending" }).content).toBe(
      "Error: Tool 'assert_task_status' not found.",
    );
  });
});
