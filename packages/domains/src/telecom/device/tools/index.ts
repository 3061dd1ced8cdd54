import { canSendMms } from "./can-send-mms.ts";
import { checkApnSettings } from "./check-apn-settings.ts";
import { checkAppPermissions } from "./check-app-permissions.ts";
import { checkAppStatus } from "./check-app-status.ts";
import { checkDataRestrictionStatus } from "./check-data-restriction-status.ts";
import { checkInstalledApps } from "./check-installed-apps.ts";
import { checkNetworkModePreference } from "./check-network-mode-preference.ts";
import { checkNetworkStatus } from "./check-network-status.ts";
import { checkPaymentRequest } from "./check-payment-request.ts";
import { checkSimStatus } from "./check-sim-status.ts";
import { checkStatusBar } from "./check-status-bar.ts";
import { checkVpnStatus } from "./check-vpn-status.ts";
import { checkWifiCallingStatus } from "./check-wifi-calling-status.ts";
import { checkWifiStatus } from "./check-wifi-status.ts";
import { connectVpn } from "./connect-vpn.ts";
import { disconnectVpn } from "./disconnect-vpn.ts";
import { grantAppPermission } from "./grant-app-permission.ts";
import { makePayment } from "./make-payment.ts";
import { rebootDevice } from "./reboot-device.ts";
import { reseatSimCard } from "./reseat-sim-card.ts";
import { resetApnSettings } from "./reset-apn-settings.ts";
import { runSpeedTest } from "./run-speed-test.ts";
import { setApnSettings } from "./set-apn-settings.ts";
import { setNetworkModePreference } from "./set-network-mode-preference.ts";
import { toggleAirplaneMode } from "./toggle-airplane-mode.ts";
import { toggleData } from "./toggle-data.ts";
import { toggleDataSaverMode } from "./toggle-data-saver-mode.ts";
import { toggleRoaming } from "./toggle-roaming.ts";
import { toggleWifi } from "./toggle-wifi.ts";
import { toggleWifiCalling } from "./toggle-wifi-calling.ts";

/** The phone's tools in the reference's order: models are shown them in it. */
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
