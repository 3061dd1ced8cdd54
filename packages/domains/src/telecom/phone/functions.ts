// Functions that initial states and assertions of tasks call; models cannot call them (docs/spec/telecom-user.md#u6).
import { z } from "zod";
import { getOwn } from "../../core/json/json.ts";
import { findPermission } from "./apps.ts";
import { switchAirplaneMode } from "./device.ts";
import { doesMmsWork } from "./mms.ts";
import { doesMobileDataWork, measureInternetSpeed, switchDataSaver, switchMobileData, switchRoaming } from "./mobile-data.ts";
import { searchNetwork } from "./network.ts";
import { connectionStatus, userTool, type TelecomUserDb } from "./schema.ts";
import { formatOnOff } from "./status-bar.ts";
import { damageVpnProfile } from "./vpn.ts";

/** Creates a function without arguments that changes the phone and has a fixed answer. */
function createChangeFunction(name: string, description: string, answer: string, run: (db: TelecomUserDb) => void) {
  return userTool({
    name,
    kind: "write",
    description,
    parameters: z.strictObject({}),
    result: z.string(),
    run({ db }) {
      run(db);
      return answer;
    },
  });
}

/**
 * Creates a function that moves a switch to a position.
 * Quirk of tau2-bench: it toggles once or twice, so it has side effects even if the switch is already there (docs/spec/telecom-user.md#u6).
 */
function createSwitchFunction(name: string, toggle: (db: TelecomUserDb) => boolean, wanted: boolean, answer: string) {
  return createChangeFunction(name, "Moves a switch to a position.", answer, (db) => {
    if (toggle(db) !== wanted) toggle(db);
  });
}

/** Creates an assertion that compares a yes-or-no state of the phone with the expected one. */
function createStatusAssertion(name: string, holds: (db: TelecomUserDb) => boolean) {
  return userTool({
    name,
    kind: "read",
    description: "Checks a state of the phone.",
    parameters: z.strictObject({ expected_status: z.boolean() }),
    result: z.boolean(),
    run: ({ db }, { expected_status }) => holds(db) === expected_status,
  });
}

const setUserInfo = userTool({
  name: "set_user_info",
  kind: "write",
  description: "Sets the name of the user and the number of the line in use.",
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
  description: "Sets whether the user is abroad.",
  parameters: z.strictObject({ abroad: z.boolean() }),
  result: z.null(),
  run({ db }, { abroad }) {
    db.surroundings.is_abroad = abroad;
    return null;
  },
});

const unseatSimCard = createChangeFunction("unseat_sim_card", "Removes the SIM card.", "SIM card un-seated successfully.", (db) => {
  db.device.sim_card_missing = true;
  searchNetwork(db);
});

const lockSimCard = userTool({
  name: "lock_sim_card",
  kind: "write",
  description: "Locks the SIM card. The phone does not have a tool that unlocks it.",
  parameters: z.strictObject({ mode: z.string() }),
  result: z.string(),
  run({ db }, { mode }) {
    if (mode === "pin" || mode === "puk") db.device.sim_card_status = `locked_${mode}`;
    searchNetwork(db);
    return `SIM card locked successfully in ${mode} mode.`;
  },
});

const turnDataOn = createChangeFunction(
  "turn_data_on",
  "Switches mobile data on without a network search.",
  "Data connection restored.",
  ({ device }) => {
    device.data_enabled = true;
  },
);

const formatApnAnswer = (broken: string) => `${broken} broken. Please call reset_apn_settings() to fix.`;

const breakApnSettings = createChangeFunction(
  "break_apn_settings",
  "Breaks the access point settings.",
  formatApnAnswer("APN settings"),
  (db) => {
    db.device.active_apn_settings.apn_name = "broken";
    searchNetwork(db);
  },
);

const breakApnMmsSetting = createChangeFunction(
  "break_apn_mms_setting",
  "Removes the address that picture messages need.",
  formatApnAnswer("APN MMS setting"),
  ({ device }) => {
    device.active_apn_settings.mmsc_url = null;
  },
);

const setWifiCalling = userTool({
  name: "set_wifi_calling",
  kind: "write",
  description: "Sets whether calls go over Wi-Fi and, if given, whether picture messages do.",
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
  description: "Connects to the VPN and makes its server slow, also for later connections.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db, notes }) {
    damageVpnProfile(db.device, notes);
    return "VPN connection broken.";
  },
});

const removeAppPermission = userTool({
  name: "remove_app_permission",
  kind: "write",
  description: "Removes a permission of an app.",
  parameters: z.strictObject({ app_name: z.string(), permission: z.string() }),
  result: z.tuple([z.boolean(), z.string()]),
  run({ db }, { app_name, permission }): [boolean, string] {
    const wanted = permission.toLowerCase();
    const app = getOwn(db.device.app_statuses, app_name);
    if (!app) return [false, `App '${app_name}' not found. Cannot remove permission.`];
    const known = findPermission(wanted);
    if (!known) return [false, `Permission '${wanted}' not tracked for app '${app_name}'.`];
    app.permissions[known] = false;
    return [true, `Permission '${wanted}' removed from app '${app_name}'.`];
  },
});

const simulateNetworkSearch = userTool({
  name: "simulate_network_search",
  kind: "write",
  description: "Runs a network search.",
  parameters: z.strictObject({}),
  result: z.null(),
  run({ db }) {
    searchNetwork(db);
    return null;
  },
});

const assertServiceStatus = userTool({
  name: "assert_service_status",
  kind: "read",
  description: "Checks the network connection.",
  parameters: z.strictObject({ expected_status: connectionStatus }),
  result: z.boolean(),
  run: ({ db }, { expected_status }) => db.device.network_connection_status === expected_status,
});

const assertInternetSpeed = userTool({
  name: "assert_internet_speed",
  kind: "read",
  description: "Checks that mobile data has at least a speed and, if given, its rating.",
  parameters: z.strictObject({ expected_speed: z.number(), expected_desc: z.string().nullable().default(null) }),
  result: z.boolean(),
  run({ db }, { expected_speed, expected_desc }) {
    const { speed, description } = measureInternetSpeed(db);
    const isRated = expected_desc === null || description.toLowerCase() === expected_desc.toLowerCase();
    return (speed ?? 0) >= expected_speed && isRated;
  },
});

const assertInternetNotExcellent = userTool({
  name: "assert_internet_not_excellent",
  kind: "read",
  description: "Checks that the speed of mobile data is not rated excellent.",
  parameters: z.strictObject({}),
  result: z.boolean(),
  run: ({ db }) => measureInternetSpeed(db).description !== "Excellent",
});

export const userFunctions = [
  setUserInfo,
  setUserLocation,
  createSwitchFunction("turn_airplane_mode_on", switchAirplaneMode, true, "Airplane Mode is now ON."),
  createSwitchFunction("turn_airplane_mode_off", switchAirplaneMode, false, "Airplane Mode is now OFF."),
  unseatSimCard,
  lockSimCard,
  turnDataOn,
  createSwitchFunction("turn_data_off", switchMobileData, false, "Data connection broken."),
  createSwitchFunction("turn_roaming_on", switchRoaming, true, "Data Roaming is now ON."),
  createSwitchFunction("turn_roaming_off", switchRoaming, false, "Data Roaming is now OFF."),
  createSwitchFunction("turn_data_saver_mode_on", switchDataSaver, true, "Data Saver Mode is now ON."),
  createSwitchFunction("turn_data_saver_mode_off", switchDataSaver, false, "Data Saver Mode is now OFF."),
  breakApnSettings,
  breakApnMmsSetting,
  setWifiCalling,
  breakVpn,
  removeAppPermission,
  simulateNetworkSearch,
  createStatusAssertion("assert_airplane_mode_status", ({ device }) => device.airplane_mode),
  assertServiceStatus,
  createStatusAssertion("assert_mobile_data_status", doesMobileDataWork),
  createStatusAssertion("assert_mobile_roaming_status", ({ device }) => device.roaming_enabled),
  createStatusAssertion("assert_mobile_data_saver_mode_status", ({ device }) => device.data_saver_mode),
  createStatusAssertion("assert_can_send_mms", doesMmsWork),
  createStatusAssertion("assert_mobile_data_usage_exceeded", ({ surroundings }) => surroundings.mobile_data_usage_exceeded),
  assertInternetSpeed,
  assertInternetNotExcellent,
];
