import { z } from "zod";
import { getTask } from "../rules.ts";
import { tool, taskRecord } from "../schema/db.ts";
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
