import { z } from "zod";
import { getOwn } from "../../core/json/json.ts";
import { canSendMms } from "./rules/mms.ts";
import { measureInternetSpeed, doesMobileDataWork } from "./rules/mobile-data.ts";
import { searchNetwork } from "./rules/network-search.ts";
import { getPermission } from "./rules/permissions.ts";
import {
  formatOnOff,
  switchTo,
  toggleAirplane,
  toggleDataRoaming,
  toggleDataSaver,
  toggleMobileData,
  type Switch,
} from "./rules/switches.ts";
import { damageProfile } from "./rules/vpn.ts";
import { userTool, type TelecomUserDb, connectionStatus } from "./schema.ts";
/** Functions of the phone for initial states and assertions; models cannot call them (docs/spec/telecom-user.md#u6). */

const none = z.strictObject({});

/** A function without arguments that changes the state and always says the same. */
function change(name: string, description: string, answer: string, run: (db: TelecomUserDb) => void) {
  return userTool({
    name,
    kind: "write",
    description,
    parameters: none,
    result: z.string(),
    run({ db }) {
      run(db);
      return answer;
    },
  });
}

/** A function that puts a switch into a position. */
function put(name: string, toggle: Switch, wanted: boolean, answer: string) {
  return change(name, "Puts a switch into a position.", answer, (db) => switchTo(toggle, db, wanted));
}

/** A yes-or-no question with one expected answer. */
function expectStatus(name: string, holds: (db: TelecomUserDb) => boolean) {
  return userTool({
    name,
    kind: "read",
    description: "Whether something is as expected.",
    parameters: z.strictObject({ expected_status: z.boolean() }),
    result: z.boolean(),
    run: ({ db }, { expected_status }) => holds(db) === expected_status,
  });
}

const setUserInfo = userTool({
  name: "set_user_info",
  kind: "write",
  description: "Says who holds the phone, and which line is in it.",
  parameters: z.strictObject({ name: z.string(), phone_number: z.string() }),
  result: z.null(),
  run({ db }, { name, phone_number }) {
    db.surroundings.name = name;
    db.surroundings.phone_number = phone_number;
    return null;
  },
});

const setUserLocation = userTool({
  name: "set_user_location",
  kind: "write",
  description: "Says whether the user is abroad.",
  parameters: z.strictObject({ abroad: z.boolean() }),
  result: z.null(),
  run({ db }, { abroad }) {
    db.surroundings.is_abroad = abroad;
    return null;
  },
});

const unseatSimCard = change("unseat_sim_card", "Takes the SIM card out.", "SIM card un-seated successfully.", (db) => {
  db.device.sim_card_missing = true;
  searchNetwork(db);
});

const lockSimCard = userTool({
  name: "lock_sim_card",
  kind: "write",
  description: "Locks the SIM card; no tool unlocks it.",
  parameters: z.strictObject({ mode: z.string() }),
  result: z.string(),
  run({ db }, { mode }) {
    if (mode === "pin" || mode === "puk") db.device.sim_card_status = `locked_${mode}`;
    searchNetwork(db);
    return `SIM card locked successfully in ${mode} mode.`;
  },
});

const turnDataOn = change(
  "turn_data_on",
  "Switches mobile data on, without a search for a network.",
  "Data connection restored.",
  ({ device }) => {
    device.data_enabled = true;
  },
);

const apnAnswer = (what: string) => `${what} broken. Please call reset_apn_settings() to fix.`;

const breakApnSettings = change("break_apn_settings", "Makes the access point settings useless.", apnAnswer("APN settings"), (db) => {
  db.device.active_apn_settings.apn_name = "broken";
  searchNetwork(db);
});

const breakApnMmsSetting = change(
  "break_apn_mms_setting",
  "Takes away the address that picture messages need.",
  apnAnswer("APN MMS setting"),
  ({ device }) => {
    device.active_apn_settings.mmsc_url = null;
  },
);

const setWifiCalling = userTool({
  name: "set_wifi_calling",
  kind: "write",
  description: "Puts calls, and if said so picture messages, over Wi-Fi or not.",
  parameters: z.strictObject({ enabled: z.boolean(), mms_over_wifi: z.boolean().nullable().default(null) }),
  result: z.string(),
  run({ db: { device } }, { enabled, mms_over_wifi }) {
    device.wifi_calling_enabled = enabled;
    const calling = `Wi-Fi Calling is now ${formatOnOff(enabled)}.`;
    if (mms_over_wifi === null) return calling;
    device.wifi_calling_mms_over_wifi = mms_over_wifi;
    return `${calling}\nMMS over Wi-Fi is now ${formatOnOff(mms_over_wifi)}.`;
  },
});

const breakVpn = userTool({
  name: "break_vpn",
  kind: "write",
  description: "Connects to the VPN and makes its server slow, for later connections too.",
  parameters: none,
  result: z.string(),
  run({ db, notes }) {
    damageProfile(db.device, notes);
    return "VPN connection broken.";
  },
});

const removeAppPermission = userTool({
  name: "remove_app_permission",
  kind: "write",
  description: "Takes a permission from an app.",
  parameters: z.strictObject({ app_name: z.string(), permission: z.string() }),
  result: z.tuple([z.boolean(), z.string()]),
  run({ db }, { app_name, permission }): [boolean, string] {
    const wanted = permission.toLowerCase();
    const app = getOwn(db.device.app_statuses, app_name);
    if (!app) return [false, `App '${app_name}' not found. Cannot remove permission.`];
    const known = getPermission(wanted);
    if (!known) return [false, `Permission '${wanted}' not tracked for app '${app_name}'.`];
    app.permissions[known] = false;
    return [true, `Permission '${wanted}' removed from app '${app_name}'.`];
  },
});

const simulateNetworkSearch = userTool({
  name: "simulate_network_search",
  kind: "write",
  description: "Has the phone look for a network.",
  parameters: none,
  result: z.null(),
  run({ db }) {
    searchNetwork(db);
    return null;
  },
});

const assertServiceStatus = userTool({
  name: "assert_service_status",
  kind: "read",
  description: "Whether the phone stands to the network as expected.",
  parameters: z.strictObject({ expected_status: connectionStatus }),
  result: z.boolean(),
  run: ({ db }, { expected_status }) => db.device.network_connection_status === expected_status,
});

const assertInternetSpeed = userTool({
  name: "assert_internet_speed",
  kind: "read",
  description: "Whether mobile data is at least so fast, and the speed is called so.",
  parameters: z.strictObject({ expected_speed: z.number(), expected_desc: z.string().nullable().default(null) }),
  result: z.boolean(),
  run({ db }, { expected_speed, expected_desc }) {
    const { speed, description } = measureInternetSpeed(db);
    const named = expected_desc === null || description.toLowerCase() === expected_desc.toLowerCase();
    return (speed ?? 0) >= expected_speed && named;
  },
});

const assertInternetNotExcellent = userTool({
  name: "assert_internet_not_excellent",
  kind: "read",
  description: "Whether mobile data is not at its best, or absent.",
  parameters: none,
  result: z.boolean(),
  run: ({ db }) => measureInternetSpeed(db).description !== "Excellent",
});

export const userFunctions = [
  setUserInfo,
  setUserLocation,
  put("turn_airplane_mode_on", toggleAirplane, true, "Airplane Mode is now ON."),
  put("turn_airplane_mode_off", toggleAirplane, false, "Airplane Mode is now OFF."),
  unseatSimCard,
  lockSimCard,
  turnDataOn,
  put("turn_data_off", toggleMobileData, false, "Data connection broken."),
  put("turn_roaming_on", toggleDataRoaming, true, "Data Roaming is now ON."),
  put("turn_roaming_off", toggleDataRoaming, false, "Data Roaming is now OFF."),
  put("turn_data_saver_mode_on", toggleDataSaver, true, "Data Saver Mode is now ON."),
  put("turn_data_saver_mode_off", toggleDataSaver, false, "Data Saver Mode is now OFF."),
  breakApnSettings,
  breakApnMmsSetting,
  setWifiCalling,
  breakVpn,
  removeAppPermission,
  simulateNetworkSearch,
  expectStatus("assert_airplane_mode_status", ({ device }) => device.airplane_mode),
  assertServiceStatus,
  expectStatus("assert_mobile_data_status", doesMobileDataWork),
  expectStatus("assert_mobile_roaming_status", ({ device }) => device.roaming_enabled),
  expectStatus("assert_mobile_data_saver_mode_status", ({ device }) => device.data_saver_mode),
  expectStatus("assert_can_send_mms", canSendMms),
  expectStatus("assert_mobile_data_usage_exceeded", ({ surroundings }) => surroundings.mobile_data_usage_exceeded),
  assertInternetSpeed,
  assertInternetNotExcellent,
];
