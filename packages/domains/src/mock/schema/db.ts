import { z } from "zod";
import { createToolFactory } from "../../core/tool.ts";
import { mapOf } from "../../core/schema.ts";
import { notification } from "./notification.ts";
import { taskRecord } from "./task.ts";
import { userRecord } from "./user.ts";

/** The agent's side. */
export type MockDb = z.output<typeof mockDb>;
export const mockDb = z.strictObject({ tasks: mapOf(taskRecord), users: mapOf(userRecord) });

/** The user's side. */
export type MockUserDb = z.output<typeof mockUserDb>;
export const mockUserDb = z.strictObject({ notifications: mapOf(notification).default({}) });

export const tool = createToolFactory<MockDb>();
export const userTool = createToolFactory<MockUserDb>();
