import { z } from "zod";

/** Somebody who travels. */
export const passenger = z.object({
  first_name: z.string(),
  last_name: z.string(),
  dob: z.string().describe("Date of birth, YYYY-MM-DD."),
});
export type Passenger = z.output<typeof passenger>;
