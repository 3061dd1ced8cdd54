import type { TelecomUserDb } from "../schema.ts";
import { searchNetwork } from "./network-search.ts";
import { disconnect } from "./vpn.ts";
import { dropWifi } from "./wifi.ts";

/** Formats a switch's position for its answer. */
export function formatOnOff(on: boolean): "ON" | "OFF" {
  return on ? "ON" : "OFF";
}

/** Switches over, with everything that goes with it, and says what it is now. */
export type Switch = (db: TelecomUserDb) => boolean;

export const toggleAirplane: Switch = (db) => {
  const { device } = db;
  device.airplane_mode = !device.airplane_mode;
  if (device.airplane_mode) {
    dropWifi(device);
    if (device.vpn_connected) disconnect(device);
  } else if (device.wifi_enabled) {
    dropWifi(device);
  }
  searchNetwork(db);
  return device.airplane_mode;
};

export const toggleMobileData: Switch = (db) => {
  db.device.data_enabled = !db.device.data_enabled;
  searchNetwork(db);
  return db.device.data_enabled;
};

export const toggleDataRoaming: Switch = (db) => {
  db.device.roaming_enabled = !db.device.roaming_enabled;
  searchNetwork(db);
  return db.device.roaming_enabled;
};

export const toggleDataSaver: Switch = ({ device }) => (device.data_saver_mode = !device.data_saver_mode);

/**
 * Brings a switch to a position as initial states do: by switching over, and back over when that was wrong. So setting the same position again
 * still has the side effects of both (docs/spec/telecom-user.md#u6).
 */
export function switchTo(toggle: Switch, db: TelecomUserDb, wanted: boolean): boolean {
  return toggle(db) === wanted ? wanted : toggle(db);
}
