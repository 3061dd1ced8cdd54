import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { getReservation } from "../rules.ts";
import { tool, passenger, reservation } from "../schema.ts";
export const updateReservationPassengers = tool({
  name: "update_reservation_passengers",
  kind: "write",
  description: "Correct who travels on a reservation. The number of passengers stays the same.",
  parameters: z.strictObject({
    reservation_id: z.string().describe("The reservation, such as QX7T2M."),
    passengers: z.array(passenger).describe("All passengers from now on, also those that stay as they are."),
  }),
  result: reservation,
  run({ db }, { reservation_id, passengers }) {
    const changed = getReservation(db, reservation_id);
    if (passengers.length !== changed.passengers.length) throw new ToolError("Number of passengers does not match");
    changed.passengers = passengers;
    return changed;
  },
});
