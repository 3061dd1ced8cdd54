import { z } from "zod";
import { mapOf, optional } from "../../core/schema.ts";

/** A flight as a search shows it. */
export type FoundFlight = z.output<typeof foundFlight>;
export const foundFlight = z.object({
  flight_number: z.string(),
  origin: z.string(),
  destination: z.string(),
  status: z.literal("available"),
  scheduled_departure_time_est: z.string(),
  scheduled_arrival_time_est: z.string(),
  /** Set by the one-stop search, whose two flights may differ in it; null in the direct search. */
  date: optional(z.string()),
  available_seats: mapOf(z.int()),
  prices: mapOf(z.int()),
});
