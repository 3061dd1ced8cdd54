import { z } from "zod";
import { optional } from "../../../core/schema.ts";
import { performanceLevel } from "./levels.ts";

/** The server that a VPN connection goes through. */
export type VpnDetails = z.output<typeof vpnDetails>;
export const vpnDetails = z.strictObject({
  server_address: optional(z.string()),
  protocol: optional(z.string()),
  server_performance: performanceLevel.default("unknown"),
});
