import { z } from "zod";
import { mapOf } from "../../core/schema.ts";
import { flightDate } from "./flight-date.ts";

/** A flight by its number, with every date on which it runs. */
export type Flight = z.output<typeof flight>;
export const flight = z.object({
  flight_number: z.string(),
  origin: z.string(),
  destination: z.string(),
  scheduled_departure_time_est: z.string(),
  /** `HH:MM:SS`, followed by `+1` when it lands on the next day. */
  scheduled_arrival_time_est: z.string(),
  dates: mapOf(flightDate),
});
