import { transferToHumanAgents } from "../core/tool/common-tools.ts";
import { defineDomain, type DomainFiles } from "../core/domain/domain.ts";
import { userFunctions } from "./phone/functions.ts";
import { telecomUserDb } from "./phone/schema.ts";
import { phoneTools } from "./phone/index.ts";
import { agentFunctions } from "./functions.ts";
import { telecomDb } from "./schema.ts";
import { syncTelecom } from "./sync.ts";
import { composeAll, composeSplits } from "./tasks/compose-task.ts";
import { getCustomerById, getCustomerByName, getCustomerByPhone } from "./tools/find-customer.ts";
import { resumeLine, suspendLine } from "./tools/line-status.ts";
import { getBillsForCustomer, getDataUsage, getDetailsById } from "./tools/lookups.ts";
import { refuelData } from "./tools/refuel-data.ts";
import { disableRoaming, enableRoaming } from "./tools/roaming.ts";
import { sendPaymentRequest } from "./tools/send-payment-request.ts";

/** Tools of the carrier. Models see them in this order, which is that of tau2-bench (docs/spec/telecom.md#s4). */
const carrierTools = [
  getCustomerByPhone,
  getCustomerById,
  getCustomerByName,
  getDetailsById,
  suspendLine,
  resumeLine,
  getBillsForCustomer,
  sendPaymentRequest,
  getDataUsage,
  enableRoaming,
  disableRoaming,
  transferToHumanAgents,
  refuelData,
];

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

function listFiles(support: string, soloSupport: string): DomainFiles {
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
 * Support of a phone carrier. The agent manages bills, suspensions, data and roaming at the carrier.
 * Only the user can change the settings of the phone. The policy on technical problems is a manual in prose.
 */
export const telecom = defineDomain({
  ...rules,
  name: "telecom",
  files: listFiles("tech_support_manual.md", "tech_support_manual.md"),
});

/** Domain `telecom` with the policy on technical problems as numbered steps. */
export const telecomWorkflow = defineDomain({
  ...rules,
  name: "telecom-workflow",
  files: listFiles("tech_support_workflow.md", "tech_support_workflow_solo.md"),
});

export { checkComposition } from "./tasks/check-composition.ts";
export { composeAll, composeTask } from "./tasks/compose-task.ts";
export { type Intent, intents } from "./tasks/intents.ts";
export { type Issue, issues } from "./tasks/issues.ts";
export type { TelecomUserDb } from "./phone/schema.ts";
export type { Bill, Customer, TelecomDb, Line } from "./schema.ts";
