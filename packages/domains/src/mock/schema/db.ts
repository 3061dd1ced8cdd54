import { z } from "zod";
import { toolsFor } from "../../core/tool.ts";
import { mapOf } from "../../core/schema.ts";
import { notification } from "./notification.ts";
import { taskRecord } from "./task.ts";
import { userRecord } from "./user.ts";

/** The agent's side. */
export const mockDb = z.strictObject({ tasks: mapOf(taskRecord), users: mapOf(userRecord) });
export type MockDb = z.output<typeof mockDb>;

/** The user's side. */
export const mockUserDb = z.strictObject({ notifications: mapOf(notification).default({}) });
export type MockUserDb = z.output<typeof mockUserDb>;

export const tool = toolsFor<MockDb>();
export const userTool = toolsFor<MockUserDb>();
