import { getOwn } from "../core/json/json.ts";
import { ToolError } from "../core/errors.ts";
import type { MockDb, MockUserDb, Notification, TaskRecord, UserRecord } from "./schema.ts";

export function getUser(db: MockDb, id: string): UserRecord {
  const user = getOwn(db.users, id);
  if (!user) throw new ToolError(`User ${id} not found`);
  return user;
}

export function getTask(db: MockDb, id: string): TaskRecord {
  const task = getOwn(db.tasks, id);
  if (!task) throw new ToolError(`Task ${id} not found`);
  return task;
}

export function getNotification(db: MockUserDb, id: string): Notification {
  const found = getOwn(db.notifications, id);
  if (!found) throw new ToolError(`Notification ${id} not found`);
  return found;
}
