import type { Phone } from "../schema.ts";

/** The phone leaves its Wi-Fi network. */
export function dropWifi(phone: Phone): void {
  phone.wifi_connected = false;
  phone.wifi_ssid = null;
  phone.wifi_signal_strength = "none";
}
