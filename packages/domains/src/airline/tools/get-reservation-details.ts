import { z } from "zod";
import { getReservation } from "../rules/lookups.ts";
import { tool, reservation } from "../schema/db.ts";
export const getReservationDetails = tool({
  name: "get_reservation_details",
  kind: "read",
  description: "Look up a reservation: flights, passengers, payments, bags, insurance.",
  parameters: z.strictObject({ reservation_id: z.string().describe("The reservation, such as QX7T2M.") }),
  result: reservation,
  run: ({ db }, { reservation_id }) => getReservation(db, reservation_id),
});
