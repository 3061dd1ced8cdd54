// Functions that initial states and assertions of tasks call; models cannot call them (docs/spec/mock.md#2-3).
import { z } from "zod";
import { getNotification, getTask, getUser } from "./rules.ts";
import { tool, userTool, notification } from "./schema.ts";
const assertNumberOfTasks = tool({
  name: "assert_number_of_tasks",
  kind: "read",
  description: "Checks the number of to-dos of a user.",
  parameters: z.strictObject({ user_id: z.string(), expected_number: z.int() }),
  result: z.boolean(),
  run: ({ db }, { user_id, expected_number }) => getUser(db, user_id).tasks.length === expected_number,
});

const assertTaskStatus = tool({
  name: "assert_task_status",
  kind: "read",
  description: "Checks the status of a to-do.",
  parameters: z.strictObject({ task_id: z.string(), expected_status: z.string() }),
  result: z.boolean(),
  run: ({ db }, { task_id, expected_status }) => getTask(db, task_id).status === expected_status,
});

const addNotification = userTool({
  name: "add_notification",
  kind: "write",
  description: "Adds an unread note to the user's device. A note with the same id is replaced.",
  parameters: z.strictObject({ notification_id: z.string(), message: z.string(), task_id: z.string().nullable().default(null) }),
  result: notification,
  run({ db }, note) {
    const { notification_id, message, task_id } = note;
    const added = { notification_id, message, status: "unread" as const, task_id };
    db.notifications[notification_id] = added;
    return added;
  },
});

const assertNotificationStatus = userTool({
  name: "assert_notification_status",
  kind: "read",
  description: "Checks the status of a note.",
  parameters: z.strictObject({ notification_id: z.string(), expected_status: z.string() }),
  result: z.boolean(),
  run: ({ db }, { notification_id, expected_status }) => getNotification(db, notification_id).status === expected_status,
});

export const agentFunctions = [assertNumberOfTasks, assertTaskStatus];
export const userFunctions = [addNotification, assertNotificationStatus];
