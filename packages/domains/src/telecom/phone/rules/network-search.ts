import type { TelecomUserDb, NetworkMode, Technology } from "../schema.ts";
import { getSimStatus } from "./sim.ts";

const onlyTechnology: Record<NetworkMode, Technology> = { "4g_5g_preferred": "5G", "4g_only": "4G", "3g_only": "3G", "2g_only": "2G" };

/** The phone looks for a network, as it does after most switches (docs/spec/telecom-user.md#u3). Until it does, it keeps what it had. */
export function searchNetwork({ device, surroundings }: TelecomUserDb): void {
  const barred = device.airplane_mode || device.active_apn_settings.apn_name === "broken" || !surroundings.line_active;
  if (barred || getSimStatus(device) !== "active") {
    device.network_connection_status = "no_service";
    device.network_technology_connected = "none";
    device.network_signal_strength = "none";
    return;
  }
  const receivable = (technology: Technology) => surroundings.signal_strength[technology] ?? "none";
  const wanted = onlyTechnology[device.network_mode_preference];
  const fallsBack = device.network_mode_preference === "4g_5g_preferred" && receivable("5G") === "none";
  const technology = fallsBack ? "4G" : wanted;
  device.network_connection_status = "connected";
  device.network_technology_connected = technology;
  device.network_signal_strength = receivable(technology);
}
