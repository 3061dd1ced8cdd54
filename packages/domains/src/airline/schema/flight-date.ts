import { z } from "zod";
import { mapOf } from "../../core/schema.ts";

/** Times are local texts, `2024-05-15T14:00:00`; nothing reads them, so their form is not checked. */
const time = () => z.string();

const available = z.object({
  status: z.literal("available"),
  /** Free seats a cabin. May go below zero: seats are checked leg by leg (spec airline 3.5). */
  available_seats: mapOf(z.int()),
  /** Dollars a passenger, by cabin. */
  prices: mapOf(z.int()),
});

/** A flight on one date: open for booking, or what became of it. */
export type FlightDate = z.output<typeof flightDate>;
export const flightDate = z.discriminatedUnion("status", [
  available,
  z.object({ status: z.literal("landed"), actual_departure_time_est: time(), actual_arrival_time_est: time() }),
  z.object({ status: z.literal("cancelled") }),
  z.object({ status: z.literal("delayed"), estimated_departure_time_est: time(), estimated_arrival_time_est: time() }),
  z.object({ status: z.literal("flying"), actual_departure_time_est: time(), estimated_arrival_time_est: time() }),
  z.object({ status: z.literal("on time"), estimated_departure_time_est: time(), estimated_arrival_time_est: time() }),
]);

/** A date on which seats are sold. */
export type AvailableDate = z.output<typeof available>;
