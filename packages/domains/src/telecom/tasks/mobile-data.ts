import type { Intent } from "./intent.ts";
import { phone } from "./issue.ts";
import { manners, spending, whereTheyAre, whereYouAre, whoTheyAre, whoYouAre } from "./texts.ts";

/** Data that stops or crawls. */
export const mobileData: Intent = {
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
    knownInfo: (at) => `${whoYouAre} ${whereYouAre(at)}`,
    taskInstructions: [manners, "Only when a speed test calls the connection excellent is your problem solved.", spending].join("\n"),
    ticket: (at) =>
      [
        "The customer's mobile data does not work, or is slow.",
        whoTheyAre,
        whereTheyAre(at),
        "Solved when a speed test shows excellent. The plan must stay as it is; the customer agrees to pay for 2.0 GB of extra data if needed.",
      ].join("\n"),
  },
};
