import { ToolError } from "../core/errors.ts";
import type { MockDb, MockUserDb } from "./schema/db.ts";
import type { Notification } from "./schema/notification.ts";
import type { TaskRecord } from "./schema/task.ts";
import type { UserRecord } from "./schema/user.ts";

export function userOf(db: MockDb, id: string): UserRecord {
  const user = Object.hasOwn(db.users, id) ? db.users[id] : undefined;
  if (!user) throw new ToolError(`User ${id} not found`);
  return user;
}

export function taskOf(db: MockDb, id: string): TaskRecord {
  const task = Object.hasOwn(db.tasks, id) ? db.tasks[id] : undefined;
  if (!task) throw new ToolError(`Task ${id} not found`);
  return task;
}

export function notificationOf(db: MockUserDb, id: string): Notification {
  const found = Object.hasOwn(db.notifications, id) ? db.notifications[id] : undefined;
  if (!found) throw new ToolError(`Notification ${id} not found`);
  return found;
}
