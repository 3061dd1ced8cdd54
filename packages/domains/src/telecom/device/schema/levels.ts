import { z } from "zod";

/** How strong a signal is. */
export type Signal = z.output<typeof signal>;
export const signal = z.enum(["none", "poor", "fair", "good", "excellent"]);

/** Generation of the cellular network. */
export type Technology = z.output<typeof technology>;
export const technology = z.enum(["none", "2G", "3G", "4G", "5G"]);

/** Which networks the phone looks for. */
export type NetworkMode = z.output<typeof networkMode>;
export const networkMode = z.enum(["4g_5g_preferred", "4g_only", "3g_only", "2g_only"]);

/** How the phone stands to the network. */
export type ConnectionStatus = z.output<typeof connectionStatus>;
export const connectionStatus = z.enum(["connected", "searching", "no_service", "emergency_only"]);

/** The state of the SIM card. */
export type SimStatus = z.output<typeof simStatus>;
export const simStatus = z.enum(["active", "missing", "locked_pin", "locked_puk"]);

/** How well a VPN server does. */
export type PerformanceLevel = z.output<typeof performanceLevel>;
export const performanceLevel = z.enum(["unknown", "poor", "fair", "good", "excellent"]);
