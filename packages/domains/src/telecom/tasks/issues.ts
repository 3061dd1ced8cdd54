import type { JsonObject } from "../../core/json/json.ts";
import type { Requestor } from "../../core/task/message.ts";
import { overdueBillId, refuelGb, subject, subjectLine } from "./texts.ts";

/** A call of a function or tool on one side. */
export interface Step {
  side: Requestor;
  name: string;
  arguments: JsonObject;
}

/** One fault. Tasks are composed of issues. */
export interface Issue {
  /** Part of task ids: letters, digits and `_`. */
  name: string;
  /** Calls that cause the fault on a working phone. */
  breaks: readonly Step[];
  /** Calls that repair the fault, in order; `null` if only a transfer to a human helps. */
  repairs: readonly Step[] | null;
  /** Assertion functions that must be true after `breaks`. */
  shows: readonly Step[];
}

/** Creates a step on the customer's phone. */
export const phone = (name: string, args: JsonObject = {}): Step => ({ side: "user", name, arguments: args });

/** Creates a step at the carrier. */
export const carrier = (name: string, args: JsonObject = {}): Step => ({ side: "assistant", name, arguments: args });

const noService = phone("assert_service_status", { expected_status: "no_service" });
const noData = phone("assert_mobile_data_status", { expected_status: false });
const noMms = phone("assert_can_send_mms", { expected_status: false });
const noConnection = phone("assert_internet_speed", { expected_speed: 0, expected_desc: "No Connection" });
const expectRoaming = (on: boolean) => phone("assert_mobile_roaming_status", { expected_status: on });
const exceeded = phone("assert_mobile_data_usage_exceeded", { expected_status: true });
const abroad = phone("set_user_location", { abroad: true });
const search = phone("simulate_network_search");
const permission = (name: string) => ({ app_name: "messaging", permission: name });
const reboot = phone("reboot_device");

function createSuspension(contract_ended: boolean): Pick<Issue, "breaks" | "shows"> {
  return {
    breaks: [carrier("suspend_line_for_overdue_bill", { ...subjectLine, new_bill_id: overdueBillId, contract_ended }), search],
    shows: [
      carrier("assert_overdue_bill_exists", { customer_id: subject.customerId, overdue_bill_id: overdueBillId }),
      carrier("assert_line_status", { ...subjectLine, expected_status: "Suspended" }),
      noService,
    ],
  };
}

/** Issues of the domain by name (docs/spec/telecom-tasks.md#t2). */
export const issues = {
  airplane_mode_on: {
    name: "airplane_mode_on",
    breaks: [phone("turn_airplane_mode_on")],
    repairs: [phone("toggle_airplane_mode")],
    shows: [phone("assert_airplane_mode_status", { expected_status: true }), noService],
  },
  unseat_sim_card: { name: "unseat_sim_card", breaks: [phone("unseat_sim_card")], repairs: [phone("reseat_sim_card")], shows: [noService] },
  lock_sim_card_pin: { name: "lock_sim_card_pin", breaks: [phone("lock_sim_card", { mode: "pin" })], repairs: null, shows: [noService] },
  break_apn_settings: {
    name: "break_apn_settings",
    breaks: [phone("break_apn_settings")],
    repairs: [phone("reset_apn_settings"), reboot],
    shows: [noService],
  },
  overdue_bill_suspension: {
    name: "overdue_bill_suspension",
    ...createSuspension(false),
    repairs: [
      carrier("send_payment_request", { customer_id: subject.customerId, bill_id: overdueBillId }),
      phone("make_payment"),
      carrier("resume_line", subjectLine),
      reboot,
    ],
  },
  contract_end_suspension: { name: "contract_end_suspension", ...createSuspension(true), repairs: null },
  user_abroad_roaming_enabled_off: {
    name: "user_abroad_roaming_enabled_off",
    breaks: [abroad, phone("turn_roaming_off"), carrier("enable_roaming", subjectLine)],
    repairs: [phone("toggle_roaming")],
    shows: [expectRoaming(false)],
  },
  user_abroad_roaming_disabled_on: {
    name: "user_abroad_roaming_disabled_on",
    breaks: [abroad, phone("turn_roaming_on"), carrier("disable_roaming", subjectLine), search],
    repairs: [carrier("enable_roaming", subjectLine)],
    shows: [expectRoaming(true), noConnection],
  },
  user_abroad_roaming_disabled_off: {
    name: "user_abroad_roaming_disabled_off",
    breaks: [abroad, phone("turn_roaming_off"), carrier("disable_roaming", subjectLine), search],
    repairs: [carrier("enable_roaming", subjectLine), phone("toggle_roaming")],
    shows: [expectRoaming(false), noConnection],
  },
  data_mode_off: { name: "data_mode_off", breaks: [phone("turn_data_off")], repairs: [phone("toggle_data")], shows: [noData] },
  data_saver_mode_on: {
    name: "data_saver_mode_on",
    breaks: [phone("turn_data_saver_mode_on")],
    repairs: [phone("toggle_data_saver_mode")],
    shows: [phone("assert_mobile_data_saver_mode_status", { expected_status: true })],
  },
  bad_network_preference: {
    name: "bad_network_preference",
    breaks: [phone("set_network_mode_preference", { mode: "2g_only" })],
    repairs: [phone("set_network_mode_preference", { mode: "4g_5g_preferred" })],
    shows: [phone("assert_internet_not_excellent")],
  },
  bad_vpn: {
    name: "bad_vpn",
    breaks: [phone("break_vpn")],
    repairs: [phone("disconnect_vpn")],
    shows: [phone("assert_internet_not_excellent")],
  },
  data_usage_exceeded: {
    name: "data_usage_exceeded",
    breaks: [carrier("set_data_usage", { ...subjectLine, data_used_gb: 15.1 })],
    repairs: [carrier("refuel_data", { ...subjectLine, gb_amount: refuelGb })],
    shows: [exceeded],
  },
  data_usage_exceeded_no_refuel: {
    name: "data_usage_exceeded_no_refuel",
    breaks: [
      carrier("refuel_data", { ...subjectLine, gb_amount: refuelGb }),
      carrier("set_data_usage", { ...subjectLine, data_used_gb: 17.1 }),
    ],
    repairs: null,
    shows: [exceeded],
  },
  bad_wifi_calling: {
    name: "bad_wifi_calling",
    breaks: [phone("set_wifi_calling", { enabled: true, mms_over_wifi: true })],
    repairs: [phone("toggle_wifi_calling")],
    shows: [noMms],
  },
  break_apn_mms_setting: {
    name: "break_apn_mms_setting",
    breaks: [phone("break_apn_mms_setting")],
    repairs: [phone("reset_apn_settings"), reboot],
    shows: [noMms],
  },
  break_app_sms_permission: {
    name: "break_app_sms_permission",
    breaks: [phone("remove_app_permission", permission("sms"))],
    repairs: [phone("grant_app_permission", permission("sms"))],
    shows: [noMms],
  },
  break_app_storage_permission: {
    name: "break_app_storage_permission",
    breaks: [phone("remove_app_permission", permission("storage"))],
    repairs: [phone("grant_app_permission", permission("storage"))],
    shows: [noMms],
  },
  break_app_both_permissions: {
    name: "break_app_both_permissions",
    breaks: [phone("remove_app_permission", permission("sms")), phone("remove_app_permission", permission("storage"))],
    repairs: [phone("grant_app_permission", permission("sms")), phone("grant_app_permission", permission("storage"))],
    shows: [noMms],
  },
} as const satisfies Record<string, Issue>;

/** Name of an issue that comes with the domain. */
export type IssueName = keyof typeof issues;
