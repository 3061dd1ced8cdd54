import { defineDomain, type DomainFiles } from "../core/domain/domain.ts";
import { userFunctions } from "./phone/functions.ts";
import { telecomUserDb } from "./phone/schema.ts";
import { phoneTools } from "./phone/tools/index.ts";
import { agentFunctions } from "./functions.ts";
import { telecomDb } from "./schema.ts";
import { syncTelecom } from "./sync.ts";
import { composeAll } from "./tasks/compose-all.ts";
import { composeSplits } from "./tasks/splits.ts";
import { carrierTools } from "./tools/index.ts";

const rules = {
  solo: true,
  agent: { database: telecomDb, tools: carrierTools, functions: agentFunctions },
  user: { database: telecomUserDb, tools: phoneTools, functions: userFunctions },
  sync: syncTelecom,
  defaultSplit: "base",
  starterTasks() {
    const tasks = composeAll();
    return { tasks, splits: composeSplits(tasks) };
  },
};

function files(support: string, soloSupport: string): DomainFiles {
  const policy = (main: string, tech: string) => [
    { tag: "main_policy", file: main },
    { tag: "tech_support_policy", file: tech },
  ];
  return {
    directory: "telecom",
    db: "db.toml",
    userDb: "user_db.toml",
    policy: policy("main_policy.md", support),
    soloPolicy: policy("main_policy_solo.md", soloSupport),
    tasks: "tasks.json",
  };
}

/**
 * A phone carrier's support line: bills, suspensions, data and roaming on the carrier's side, and a phone in the customer's hand whose
 * settings only the customer can change. The policy on technical problems is a manual in prose.
 */
export const telecom = defineDomain({
  ...rules,
  name: "telecom",
  files: files("tech_support_manual.md", "tech_support_manual.md"),
});

/** The same domain with the policy on technical problems laid out as numbered steps. */
export const telecomWorkflow = defineDomain({
  ...rules,
  name: "telecom-workflow",
  files: files("tech_support_workflow.md", "tech_support_workflow_solo.md"),
});

export { checkComposition } from "./tasks/check-composition.ts";
export { composeAll, intents } from "./tasks/compose-all.ts";
export { composeTask, type Composition } from "./tasks/compose-task.ts";
export { type Goal, type Intent, mms, mobileData, service } from "./tasks/intents.ts";
export { carrier, phone, type Issue, type Step, issues, type IssueName } from "./tasks/issues.ts";
export type { PersonaLevel } from "./tasks/texts.ts";
export type {
  ApnSettings,
  AppPermissions,
  AppStatus,
  TelecomUserDb,
  ConnectionStatus,
  NetworkMode,
  PerformanceLevel,
  Signal,
  SimStatus,
  Technology,
  Phone,
  PaymentRequest,
  Surroundings,
  VpnDetails,
} from "./phone/schema.ts";
export type { Bill, LineItem, Customer, TelecomDb, CarrierDevice, Line, Plan } from "./schema.ts";
export type { Circumstances } from "./tasks/texts.ts";
