import { z } from "zod";
import { getUser, getTask } from "../rules.ts";
import { tool, taskRecord, userRecord } from "../schema.ts";

export const createTask = tool({
  name: "create_task",
  kind: "write",
  description: "Add a pending to-do to a user's list.",
  parameters: z.strictObject({
    user_id: z.string().describe("Whose list it goes on."),
    title: z.string().describe("What is to be done, in a few words."),
    // `null` means the default. The published type stays a plain string, as in tau2-bench.
    description: z.string().nullable().default(null).meta({ type: "string", description: "Anything worth knowing beyond the title." }),
  }),
  result: taskRecord,
  run({ db }, { user_id, title, description }) {
    const user = getUser(db, user_id);
    // Quirk of tau2-bench: the id is the count, so after a gap an existing to-do is overwritten (docs/spec/mock.md#3-2).
    const task_id = `task_${Object.keys(db.tasks).length + 1}`;
    const task = { task_id, title, description, status: "pending" as const };
    db.tasks[task_id] = task;
    user.tasks.push(task_id);
    return task;
  },
});

export const getUsers = tool({
  name: "get_users",
  kind: "read",
  description: "List every user with the ids of their to-dos.",
  parameters: z.strictObject({}),
  result: z.array(userRecord),
  run: ({ db }) => Object.values(db.users),
});

export const updateTaskStatus = tool({
  name: "update_task_status",
  kind: "write",
  description: "Mark a to-do as pending or completed.",
  parameters: z.strictObject({
    task_id: z.string().describe("The to-do, such as task_1."),
    status: z.enum(["pending", "completed"]).describe("What it is from now on."),
  }),
  result: taskRecord,
  run({ db }, { task_id, status }) {
    const task = getTask(db, task_id);
    task.status = status;
    return task;
  },
});
