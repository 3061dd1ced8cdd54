import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { getNumberKind } from "../../core/json/number-kinds.ts";
import { checkPayments, takePayments, bagFee, insuranceFee, findUnusedId, getUser, getOffer, takeSeats } from "../rules.ts";
import { cabin, tool, flightInfo, passenger, flightType, payment, reservation, type Reservation } from "../schema.ts";
const assignableIds = ["HATHAT", "HATHAU", "HATHAV"];
const now = "2024-05-15T15:00:00";

export const bookReservation = tool({
  name: "book_reservation",
  kind: "write",
  description: "Book a trip and take the payments, which must add up to the price of fares, insurance and extra bags.",
  parameters: z.strictObject({
    user_id: z.string().describe("Who books, such as ana_ruiz_1234."),
    origin: z.string().describe("Airport code of the start, such as SFO."),
    destination: z.string().describe("Airport code of the goal, such as JFK."),
    flight_type: flightType.describe("Whether the trip leads back to its start."),
    cabin: cabin.describe("The cabin of all passengers on all flights."),
    flights: z.array(flightInfo).describe("All flights in the order of travel, the way back included."),
    passengers: z.array(passenger).describe("Everybody who travels."),
    payment_methods: z.array(payment).describe("Payment methods, and the dollars to take from each."),
    total_baggages: z.int().describe("Checked bags of all passengers together."),
    nonfree_baggages: z.int().describe("How many of these bags go beyond the free allowance."),
    insurance: z.enum(["yes", "no"]).describe("Whether travel insurance is bought for all passengers."),
  }),
  result: reservation,
  run({ db }, args) {
    const { flights, passengers, payment_methods, ...trip } = args;
    const user = getUser(db, trip.user_id);
    const reservation_id = findUnusedId(assignableIds, db.reservations);
    if (!reservation_id) throw new ToolError("Too many reservations");
    const count = passengers.length;
    const offers = flights.map((flight) => getOffer(db, flight, trip.cabin, count));
    const fares = offers.reduce((sum, { leg }) => sum + leg.price * count, 0);
    const price = fares + (trip.insurance === "yes" ? insuranceFee * count : 0) + bagFee * trip.nonfree_baggages;
    checkPayments(user, payment_methods, price, getNumberKind(args, "nonfree_baggages", "int"));
    takePayments(user, payment_methods);
    for (const offer of offers) takeSeats(offer, trip.cabin, count);
    const booked: Reservation = {
      reservation_id,
      ...trip,
      flights: offers.map(({ leg }) => leg),
      passengers,
      payment_history: payment_methods,
      created_at: now,
      status: null,
    };
    db.reservations[reservation_id] = booked;
    user.reservations.push(reservation_id);
    return booked;
  },
});
