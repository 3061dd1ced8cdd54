import { canSendMms, checkAppPermissions, checkAppStatus, checkInstalledApps, grantAppPermission } from "./apps.ts";
import { checkApnSettings, resetApnSettings, setApnSettings } from "./apn.ts";
import { checkDataRestrictionStatus, runSpeedTest, toggleData, toggleDataSaverMode, toggleRoaming } from "./mobile-data.ts";
import {
  checkNetworkModePreference,
  checkNetworkStatus,
  checkStatusBar,
  rebootDevice,
  setNetworkModePreference,
  toggleAirplaneMode,
} from "./network.ts";
import { checkPaymentRequest, makePayment } from "./payment.ts";
import { checkSimStatus, reseatSimCard } from "./sim.ts";
import { checkVpnStatus, connectVpn, disconnectVpn } from "./vpn.ts";
import { checkWifiCallingStatus, checkWifiStatus, toggleWifi, toggleWifiCalling } from "./wifi.ts";
/** The phone's tools in tau2-bench's order, in which models see them. */
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
