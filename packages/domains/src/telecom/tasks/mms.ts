import type { Intent } from "./intent.ts";
import type { IssueName } from "./issues.ts";
import { phone } from "./issue.ts";
import { manners, spending, whereTheyAre, whereYouAre, whoTheyAre, whoYouAre } from "./texts.ts";

const appPermissions: readonly IssueName[] = ["break_app_sms_permission", "break_app_storage_permission", "break_app_both_permissions"];
const ownGroups: readonly (readonly IssueName[])[] = [
  ["bad_network_preference"],
  ["bad_wifi_calling"],
  ["break_apn_mms_setting"],
  appPermissions,
];
const ownIssues = new Set<string>(ownGroups.flat());

/** Picture messages that do not go out. */
export const mms: Intent = {
  name: "mms_issue",
  groups: [
    ["airplane_mode_on"],
    ["unseat_sim_card"],
    ["data_mode_off"],
    ["data_usage_exceeded", "data_usage_exceeded_no_refuel"],
    ["user_abroad_roaming_enabled_off", "user_abroad_roaming_disabled_on", "user_abroad_roaming_disabled_off"],
    ...ownGroups,
  ],
  accepts: (issues) => issues.some(({ name }) => ownIssues.has(name)),
  goals: {
    repaired: [phone("assert_can_send_mms", { expected_status: true })],
    unrepairable: [phone("assert_can_send_mms", { expected_status: false })],
  },
  texts: {
    purpose: "Picture and group messages that cannot be sent",
    reasonForCall: "For some hours now your messaging app has refused to send picture messages (MMS). You want to see one go out.",
    knownInfo: (at) => `${whoYouAre} ${whereYouAre(at)}`,
    taskInstructions: [manners, "Your problem is solved when a picture message can be sent.", spending].join("\n"),
    // The ticket says nothing of extra data, although some cases need it; so the official ones do (docs/spec/telecom-tasks.md#t4).
    ticket: (at) =>
      [
        "For hours the customer has been unable to send picture messages (MMS).",
        whoTheyAre,
        whereTheyAre(at),
        "Solved when an MMS can be sent.",
      ].join("\n"),
  },
};
