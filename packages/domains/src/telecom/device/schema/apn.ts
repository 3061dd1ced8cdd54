import { z } from "zod";
import { optional } from "../../../core/schema.ts";

/** Access point settings: what mobile data and picture messages go through. */
export type ApnSettings = z.output<typeof apnSettings>;
export const apnSettings = z.strictObject({
  /** `broken` leaves the phone without service. */
  apn_name: z.enum(["internet", "broken"]).default("internet"),
  /** The next reboot brings the defaults back. */
  reset_at_reboot: z.boolean().default(false),
  mms_apn: z.string().nullable().default("mms"),
  /** Picture messages need it. */
  mmsc_url: z.string().nullable().default("http://mms.carrier.com/mms/wapenc"),
  mms_proxy: optional(z.string()),
  mms_port: optional(z.int()),
});
