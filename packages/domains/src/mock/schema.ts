import { z } from "zod";
import { optional, mapOf } from "../core/schema/schema.ts";
import { createToolFactory } from "../core/tool/tool.ts";

/** Note on the user's device. */
export type Notification = z.output<typeof notification>;
export const notification = z.strictObject({
  notification_id: z.string(),
  message: z.string(),
  status: z.enum(["unread", "read"]).default("unread"),
  task_id: optional(z.string()),
});

/** To-do of a user. */
export type TaskRecord = z.output<typeof taskRecord>;
export const taskRecord = z.object({
  task_id: z.string(),
  title: z.string(),
  description: optional(z.string()),
  status: z.enum(["pending", "completed"]),
});

/** User with to-dos. */
export type UserRecord = z.output<typeof userRecord>;
export const userRecord = z.object({
  user_id: z.string(),
  name: z.string(),
  /** Ids of the to-dos, oldest first. */
  tasks: z.array(z.string()),
});

/** Database of the agent's side. */
export type MockDb = z.output<typeof mockDb>;
export const mockDb = z.strictObject({ tasks: mapOf(taskRecord), users: mapOf(userRecord) });

/** Database of the user's side. */
export type MockUserDb = z.output<typeof mockUserDb>;
export const mockUserDb = z.strictObject({ notifications: mapOf(notification).default({}) });

export const tool = createToolFactory<MockDb>();
export const userTool = createToolFactory<MockUserDb>();
