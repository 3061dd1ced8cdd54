import type { Intent } from "./intent.ts";
import { carrier, phone } from "./issue.ts";
import { overdueBillId } from "./subject.ts";
import { manners, whoTheyAre, whoYouAre } from "./texts.ts";

/** A phone without service. */
export const service: Intent = {
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
    knownInfo: () => whoYouAre,
    taskInstructions: [
      manners,
      "Once the status bar shows a signal, your problem is solved. When the agent asks how things stand, look at the status bar.",
      "If the agent asks you to pay a bill, you pay it.",
    ].join("\n"),
    ticket: () =>
      [
        "The customer has no service and can neither make nor receive calls.",
        whoTheyAre,
        "The customer allows every overdue bill to be paid. Solved when the phone's status bar shows a signal.",
      ].join("\n"),
  },
};
