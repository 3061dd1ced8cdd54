import { transferToHumanAgents } from "../core/tool/common-tools.ts";
import { defineDomain } from "../core/domain/domain.ts";
import { agentFunctions, userFunctions } from "./functions.ts";
import { mockDb, mockUserDb } from "./schema.ts";
import { createTask, getUsers, updateTaskStatus } from "./tools/to-dos.ts";
import { checkNotifications, dismissNotification } from "./tools/notifications.ts";

/**
 * To-dos and notes: the smallest domain with two databases, user tools, functions and a solo mode.
 * Copy it to write your own domain.
 */
export const mock = defineDomain({
  name: "mock",
  solo: true,
  agent: { database: mockDb, tools: [createTask, getUsers, updateTaskStatus, transferToHumanAgents], functions: agentFunctions },
  user: { database: mockUserDb, tools: [checkNotifications, dismissNotification], functions: userFunctions },
  files: { db: "db.json", userDb: "user_db.json", policy: "policy.md", soloPolicy: "policy_solo.md", tasks: "tasks.json" },
});

export type { MockDb, MockUserDb } from "./schema.ts";
