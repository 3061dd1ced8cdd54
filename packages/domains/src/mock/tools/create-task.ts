import { z } from "zod";
import { getUser } from "../rules.ts";
import { tool, taskRecord } from "../schema/db.ts";
export const createTask = tool({
  name: "create_task",
  kind: "write",
  description: "Add a pending to-do to a user's list.",
  parameters: z.strictObject({
    user_id: z.string().describe("Whose list it goes on."),
    title: z.string().describe("What is to be done, in a few words."),
    // Null is the same as leaving it out; the published type stays the reference's plain string.
    description: z.string().nullable().default(null).meta({ type: "string", description: "Anything worth knowing beyond the title." }),
  }),
  result: taskRecord,
  run({ db }, { user_id, title, description }) {
    const user = getUser(db, user_id);
    // Counted, not searched for a gap: with gaps in the numbering an existing to-do is overwritten, as in the reference.
    const task_id = `task_${Object.keys(db.tasks).length + 1}`;
    const task = { task_id, title, description, status: "pending" as const };
    db.tasks[task_id] = task;
    user.tasks.push(task_id);
    return task;
  },
});
