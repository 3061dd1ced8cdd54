import { entryOf } from "../core/entry-of.ts";
import { ToolError } from "../core/errors.ts";
import type { MockDb, MockUserDb } from "./schema/db.ts";
import type { Notification } from "./schema/notification.ts";
import type { TaskRecord } from "./schema/task.ts";
import type { UserRecord } from "./schema/user.ts";

export function userOf(db: MockDb, id: string): UserRecord {
  const user = entryOf(db.users, id);
  if (!user) throw new ToolError(`User ${id} not found`);
  return user;
}

export function taskOf(db: MockDb, id: string): TaskRecord {
  const task = entryOf(db.tasks, id);
  if (!task) throw new ToolError(`Task ${id} not found`);
  return task;
}

export function notificationOf(db: MockUserDb, id: string): Notification {
  const found = entryOf(db.notifications, id);
  if (!found) throw new ToolError(`Notification ${id} not found`);
  return found;
}
