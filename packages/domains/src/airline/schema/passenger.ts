import { z } from "zod";

/** Somebody who travels. */
export type Passenger = z.output<typeof passenger>;
export const passenger = z.object({
  first_name: z.string(),
  last_name: z.string(),
  dob: z.string().describe("Date of birth, YYYY-MM-DD."),
});
