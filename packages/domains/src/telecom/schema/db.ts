import { z } from "zod";
import { createToolFactory } from "../../core/tool.ts";
import { bill } from "./bill.ts";
import { customer } from "./customer.ts";
import { carrierDevice } from "./device.ts";
import { line } from "./line.ts";
import { plan } from "./plan.ts";

/** The carrier's books: lists, looked through in order. */
export type TelecomDb = z.output<typeof telecomDb>;
export const telecomDb = z.strictObject({
  plans: z.array(plan).default([]),
  customers: z.array(customer).default([]),
  lines: z.array(line).default([]),
  bills: z.array(bill).default([]),
  devices: z.array(carrierDevice).default([]),
});

export const tool = createToolFactory<TelecomDb>();
