import { z } from "zod";
import { datetime, optional } from "../../core/schema.ts";

/** A device as the carrier knows it. What the customer's phone is doing is on the user's side. */
export type CarrierDevice = z.output<typeof carrierDevice>;
export const carrierDevice = z.strictObject({
  device_id: z.string(),
  device_type: z.enum(["phone", "router", "tablet", "watch", "other"]),
  model: z.string(),
  imei: optional(z.string()),
  is_esim_capable: z.boolean(),
  activated: z.boolean().default(false),
  activation_date: optional(datetime()),
  last_esim_transfer_date: optional(datetime()),
});
