import { type IssueName, type Issue, type Step, phone, carrier } from "./issues.ts";
import {
  type Circumstances,
  manners,
  spending,
  describeCustomerLocation,
  describeUserLocation,
  customerIdentity,
  userIdentity,
  overdueBillId,
} from "./texts.ts";

/** An assertion function that must be true at the end of a task, and its message. */
export interface Goal extends Step {
  message?: string;
}

/** Complaint of a customer: its issues, the goals of its solution and its texts. */
export interface Intent {
  /** First part of the ids of the tasks. */
  name: string;
  /** Groups of issues. A task contains at most one issue of each group. */
  groups: readonly (readonly IssueName[])[];
  /** Returns true if a selection of issues makes a task of this intent. */
  accepts(issues: readonly Issue[]): boolean;
  /** Goals if all issues can be repaired, and goals if one of them cannot. */
  goals: { repaired: readonly Goal[]; unrepairable: readonly Goal[] };
  texts: {
    purpose: string;
    reasonForCall: string;
    knownInfo(circumstances: Circumstances): string;
    taskInstructions: string;
    ticket(circumstances: Circumstances): string;
  };
}

const appPermissions: readonly IssueName[] = ["break_app_sms_permission", "break_app_storage_permission", "break_app_both_permissions"];
const mmsGroups: readonly (readonly IssueName[])[] = [
  ["bad_network_preference"],
  ["bad_wifi_calling"],
  ["break_apn_mms_setting"],
  appPermissions,
];
const mmsIssues = new Set<string>(mmsGroups.flat());

/** Picture messages cannot be sent. */
const mms: Intent = {
  name: "mms_issue",
  groups: [
    ["airplane_mode_on"],
    ["unseat_sim_card"],
    ["data_mode_off"],
    ["data_usage_exceeded", "data_usage_exceeded_no_refuel"],
    ["user_abroad_roaming_enabled_off", "user_abroad_roaming_disabled_on", "user_abroad_roaming_disabled_off"],
    ...mmsGroups,
  ],
  accepts: (issues) => issues.some(({ name }) => mmsIssues.has(name)),
  goals: {
    repaired: [phone("assert_can_send_mms", { expected_status: true })],
    unrepairable: [phone("assert_can_send_mms", { expected_status: false })],
  },
  texts: {
    purpose: "Picture and group messages that cannot be sent",
    reasonForCall: "For some hours now your messaging app has refused to send picture messages (MMS). You want to see one go out.",
    knownInfo: (at) => `${userIdentity} ${describeUserLocation(at)}`,
    taskInstructions: [manners, "Your problem is solved when a picture message can be sent.", spending].join("\n"),
    // Quirk of tau2-bench: the ticket does not mention extra data, although some tasks need it (docs/spec/telecom-tasks.md#t4).
    ticket: (at) =>
      [
        "For hours the customer has been unable to send picture messages (MMS).",
        customerIdentity,
        describeCustomerLocation(at),
        "Solved when an MMS can be sent.",
      ].join("\n"),
  },
};

/** Mobile data does not work or is slow. */
const mobileData: Intent = {
  name: "mobile_data_issue",
  groups: [
    ["airplane_mode_on"],
    ["user_abroad_roaming_enabled_off", "user_abroad_roaming_disabled_on", "user_abroad_roaming_disabled_off"],
    ["data_mode_off"],
    ["data_saver_mode_on"],
    ["bad_network_preference"],
    ["bad_vpn"],
    ["data_usage_exceeded", "data_usage_exceeded_no_refuel"],
  ],
  accepts: (issues) => issues.some(({ name }) => name !== "airplane_mode_on"),
  goals: {
    repaired: [
      phone("assert_mobile_data_status", { expected_status: true }),
      phone("assert_internet_speed", { expected_speed: 200, expected_desc: "excellent" }),
    ],
    unrepairable: [
      phone("assert_mobile_data_status", { expected_status: false }),
      phone("assert_internet_speed", { expected_speed: 0, expected_desc: null }),
    ],
  },
  texts: {
    purpose: "Mobile data that is gone or too slow",
    reasonForCall: [
      "The data on your phone keeps dropping out, or crawls when it works. You want it at excellent speed; poor, fair or good is not enough for you.",
      "There is no Wi-Fi where you are.",
    ].join("\n"),
    knownInfo: (at) => `${userIdentity} ${describeUserLocation(at)}`,
    taskInstructions: [manners, "Only when a speed test calls the connection excellent is your problem solved.", spending].join("\n"),
    ticket: (at) =>
      [
        "The customer's mobile data does not work, or is slow.",
        customerIdentity,
        describeCustomerLocation(at),
        "Solved when a speed test shows excellent. The plan must stay as it is; the customer agrees to pay for 2.0 GB of extra data if needed.",
      ].join("\n"),
  },
};

/** The phone does not have service. */
const service: Intent = {
  name: "service_issue",
  groups: [
    ["airplane_mode_on"],
    ["unseat_sim_card"],
    ["lock_sim_card_pin"],
    ["break_apn_settings"],
    ["overdue_bill_suspension", "contract_end_suspension"],
  ],
  accepts: (issues) => issues.length > 0,
  goals: {
    repaired: [
      { ...phone("assert_service_status", { expected_status: "connected" }), message: "Service status is not as expected" },
      { ...carrier("assert_no_overdue_bill", { overdue_bill_id: overdueBillId }), message: "Overdue bill is not as expected" },
    ],
    unrepairable: [phone("assert_service_status", { expected_status: "no_service" })],
  },
  texts: {
    purpose: "A phone that has no service",
    reasonForCall: 'For some hours now your phone has had no service: it says "No Service" and you can reach nobody.',
    knownInfo: () => userIdentity,
    taskInstructions: [
      manners,
      "Once the status bar shows a signal, your problem is solved. When the agent asks how things stand, look at the status bar.",
      "If the agent asks you to pay a bill, you pay it.",
    ].join("\n"),
    ticket: () =>
      [
        "The customer has no service and can neither make nor receive calls.",
        customerIdentity,
        "The customer allows every overdue bill to be paid. Solved when the phone's status bar shows a signal.",
      ].join("\n"),
  },
};

/** Intents of the official tasks by name, in their order. */
export const intents = { mobileData, service, mms };
