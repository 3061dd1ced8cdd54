import { z } from "zod";

/** How strong a signal is. */
export const signal = z.enum(["none", "poor", "fair", "good", "excellent"]);
export type Signal = z.output<typeof signal>;

/** Generation of the cellular network. */
export const technology = z.enum(["none", "2G", "3G", "4G", "5G"]);
export type Technology = z.output<typeof technology>;

/** Which networks the phone looks for. */
export const networkMode = z.enum(["4g_5g_preferred", "4g_only", "3g_only", "2g_only"]);
export type NetworkMode = z.output<typeof networkMode>;

/** How the phone stands to the network. */
export const connectionStatus = z.enum(["connected", "searching", "no_service", "emergency_only"]);
export type ConnectionStatus = z.output<typeof connectionStatus>;

export const simStatus = z.enum(["active", "missing", "locked_pin", "locked_puk"]);
export type SimStatus = z.output<typeof simStatus>;

/** How well a VPN server does. */
export const performanceLevel = z.enum(["unknown", "poor", "fair", "good", "excellent"]);
export type PerformanceLevel = z.output<typeof performanceLevel>;
