import { z } from "zod";
import { getReservation, getUser, getOffer, settleUpdate } from "../rules.ts";
import { cabin as cabinSchema, tool, flightInfo, reservation, type Leg } from "../schema.ts";
export const updateReservationFlights = tool({
  name: "update_reservation_flights",
  kind: "write",
  description: "Replace the flights and the cabin of a reservation; the difference in price is charged or paid back.",
  parameters: z.strictObject({
    reservation_id: z.string().describe("The reservation, such as QX7T2M."),
    cabin: cabinSchema.describe("The cabin of all flights from now on, changed or not."),
    flights: z.array(flightInfo).describe("All flights from now on, also those that stay as they are."),
    payment_id: z.string().describe("Credit card or gift card of the customer that pays or is paid back."),
  }),
  result: reservation,
  run({ db }, { reservation_id, cabin, flights, payment_id }) {
    const changed = getReservation(db, reservation_id);
    const user = getUser(db, changed.user_id);
    const count = changed.passengers.length;
    // Quirk of tau2-bench: an unchanged leg in the same cabin keeps its price and is not checked, even if it was flown (docs/spec/airline.md#2-9).
    const findUnchanged = (number: string, date: string) =>
      cabin === changed.cabin ? changed.flights.find((leg) => leg.flight_number === number && leg.date === date) : undefined;
    const legs = flights.map((wanted): Leg => {
      const old = findUnchanged(wanted.flight_number, wanted.date);
      return old ? { ...old } : getOffer(db, wanted, cabin, count).leg;
    });
    const difference = (sumFares(legs) - sumFares(changed.flights)) * count;
    changed.payment_history.push(...settleUpdate(user, payment_id, difference));
    changed.flights = legs;
    changed.cabin = cabin;
    return changed;
  },
});

function sumFares(legs: readonly Leg[]): number {
  return legs.reduce((sum, { price }) => sum + price, 0);
}
