import { z } from "zod";

/** Where something is sent, or somebody lives. Nothing but its presence is checked. */
export type Address = z.output<typeof address>;
export const address = z.object({
  address1: z.string(),
  address2: z.string(),
  city: z.string(),
  country: z.string(),
  state: z.string(),
  zip: z.string(),
});
