import { z } from "zod";

/** Which flight on which date: how calls name legs. */
export type FlightInfo = z.output<typeof flightInfo>;
export const flightInfo = z.object({
  flight_number: z.string().describe("Such as HAT001."),
  date: z.string().describe("Departure date, YYYY-MM-DD."),
});
