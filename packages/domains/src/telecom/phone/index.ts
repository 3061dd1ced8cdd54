import { checkApnSettings, resetApnSettings, setApnSettings } from "./apn.ts";
import { checkAppPermissions, checkAppStatus, checkInstalledApps, grantAppPermission } from "./apps.ts";
import { rebootDevice, toggleAirplaneMode } from "./device.ts";
import { canSendMms } from "./mms.ts";
import { checkDataRestrictionStatus, runSpeedTest, toggleData, toggleDataSaverMode, toggleRoaming } from "./mobile-data.ts";
import { checkNetworkModePreference, checkNetworkStatus, setNetworkModePreference } from "./network.ts";
import { checkPaymentRequest, makePayment } from "./payment.ts";
import { checkSimStatus, reseatSimCard } from "./sim.ts";
import { checkStatusBar } from "./status-bar.ts";
import { checkVpnStatus, connectVpn, disconnectVpn } from "./vpn.ts";
import { checkWifiCallingStatus, checkWifiStatus, toggleWifi, toggleWifiCalling } from "./wifi.ts";

/** Tools of the phone. Models see them in this order, which is that of tau2-bench (docs/spec/telecom-user.md#u4). */
export const phoneTools = [
  checkStatusBar,
  checkNetworkStatus,
  checkNetworkModePreference,
  setNetworkModePreference,
  runSpeedTest,
  toggleAirplaneMode,
  checkSimStatus,
  reseatSimCard,
  toggleData,
  toggleRoaming,
  checkDataRestrictionStatus,
  toggleDataSaverMode,
  checkApnSettings,
  setApnSettings,
  resetApnSettings,
  checkWifiStatus,
  toggleWifi,
  checkWifiCallingStatus,
  toggleWifiCalling,
  checkVpnStatus,
  connectVpn,
  disconnectVpn,
  checkInstalledApps,
  checkAppStatus,
  checkAppPermissions,
  grantAppPermission,
  canSendMms,
  rebootDevice,
  checkPaymentRequest,
  makePayment,
];
