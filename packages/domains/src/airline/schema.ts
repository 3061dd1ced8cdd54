import { z } from "zod";
import { mapOf, optional } from "../core/schema/schema.ts";
import { createToolFactory } from "../core/tool/tool.ts";

/** Local time as `2024-05-15T14:00:00`. The format is not checked, since rules do not read it. */
const time = () => z.string();

const available = z.object({
  status: z.literal("available"),
  /** Free seats by cabin. Quirk of tau2-bench: the number can become negative (docs/spec/airline.md#3-5). */
  available_seats: mapOf(z.int()),
  /** Dollars per passenger, by cabin. */
  prices: mapOf(z.int()),
});

/** State of a flight on one date: on sale, or its outcome. */
export type FlightDate = z.output<typeof flightDate>;
export const flightDate = z.discriminatedUnion("status", [
  available,
  z.object({ status: z.literal("landed"), actual_departure_time_est: time(), actual_arrival_time_est: time() }),
  z.object({ status: z.literal("cancelled") }),
  z.object({ status: z.literal("delayed"), estimated_departure_time_est: time(), estimated_arrival_time_est: time() }),
  z.object({ status: z.literal("flying"), actual_departure_time_est: time(), estimated_arrival_time_est: time() }),
  z.object({ status: z.literal("on time"), estimated_departure_time_est: time(), estimated_arrival_time_est: time() }),
]);

/** State of a flight on a date with seats on sale. */
export type AvailableDate = z.output<typeof available>;

/** Flight with all its dates. */
export type Flight = z.output<typeof flight>;
export const flight = z.object({
  flight_number: z.string(),
  origin: z.string(),
  destination: z.string(),
  scheduled_departure_time_est: z.string(),
  /** `HH:MM:SS`, with the suffix `+1` for an arrival on the next day. */
  scheduled_arrival_time_est: z.string(),
  dates: mapOf(flightDate),
});

/** Cabin class. Basic economy is not a kind of economy. */
export type Cabin = z.output<typeof cabin>;
export const cabin = z.enum(["business", "economy", "basic_economy"]);

/** Traveller on a reservation. */
export type Passenger = z.output<typeof passenger>;
export const passenger = z.object({
  first_name: z.string(),
  last_name: z.string(),
  dob: z.string().describe("Date of birth, YYYY-MM-DD."),
});

/** Flight of a reservation. Legs are in the order of travel. */
export type Leg = z.output<typeof leg>;
export const leg = z.object({
  flight_number: z.string(),
  origin: z.string(),
  destination: z.string(),
  date: z.string(),
  /** Dollars per passenger at the time of purchase. */
  price: z.int(),
});

/** Payment or refund. */
export type Payment = z.output<typeof payment>;
export const payment = z.object({
  payment_id: z.string(),
  /** Dollars; negative for a refund. */
  amount: z.int(),
});

/** Kind of a trip. */
export const flightType = z.enum(["round_trip", "one_way"]);

/** Booking of a trip for one or more passengers. */
export type Reservation = z.output<typeof reservation>;
export const reservation = z.object({
  reservation_id: z.string(),
  user_id: z.string(),
  origin: z.string(),
  destination: z.string(),
  flight_type: flightType,
  cabin,
  flights: z.array(leg),
  passengers: z.array(passenger),
  /** Payments and refunds, oldest first. */
  payment_history: z.array(payment),
  created_at: z.string(),
  /** Number of checked bags. */
  total_baggages: z.int(),
  /** Number of paid checked bags. */
  nonfree_baggages: z.int(),
  insurance: z.enum(["yes", "no"]),
  /** `null` until the reservation is cancelled. */
  status: optional(z.literal("cancelled")),
});

/** Remaining dollars on a gift card or certificate. */
const balance = () => z.number();

/** Payment method of a user. A certificate pays only for bookings, not for changes. */
export type PaymentMethod = z.output<typeof paymentMethod>;
export const paymentMethod = z.discriminatedUnion("source", [
  z.object({ source: z.literal("credit_card"), id: z.string(), brand: z.string(), last_four: z.string() }),
  z.object({ source: z.literal("gift_card"), id: z.string(), amount: balance() }),
  z.object({ source: z.literal("certificate"), id: z.string(), amount: balance() }),
]);

const name = z.object({ first_name: z.string(), last_name: z.string() });

const address = z.object({
  address1: z.string(),
  address2: optional(z.string()),
  city: z.string(),
  country: z.string(),
  state: z.string(),
  zip: z.string(),
});

/** Profile of a customer. */
export type User = z.output<typeof user>;
export const user = z.object({
  user_id: z.string(),
  name,
  address,
  email: z.string(),
  dob: z.string(),
  payment_methods: mapOf(paymentMethod),
  saved_passengers: z.array(passenger),
  membership: z.enum(["gold", "silver", "regular"]),
  /** Ids of reservations, oldest first. Cancelled reservations stay in the list. */
  reservations: z.array(z.string()),
});

/** Database of the airline: records by id. */
export type AirlineDb = z.output<typeof airlineDb>;
export const airlineDb = z.strictObject({ flights: mapOf(flight), users: mapOf(user), reservations: mapOf(reservation) });

export const tool = createToolFactory<AirlineDb>();

/** Airport and its code. */
export type Airport = z.output<typeof airport>;
export const airport = z.object({ iata: z.string(), city: z.string() });

/** Reference to a flight on a date, as calls name legs. */
export type FlightInfo = z.output<typeof flightInfo>;
export const flightInfo = z.object({
  flight_number: z.string().describe("Such as HAT001."),
  date: z.string().describe("Departure date, YYYY-MM-DD."),
});

/** Flight in the result of a search. */
export type FoundFlight = z.output<typeof foundFlight>;
export const foundFlight = z.object({
  flight_number: z.string(),
  origin: z.string(),
  destination: z.string(),
  status: z.literal("available"),
  scheduled_departure_time_est: z.string(),
  scheduled_arrival_time_est: z.string(),
  /** Date of departure. Only the one-stop search sets it; `null` in the direct search. */
  date: optional(z.string()),
  available_seats: mapOf(z.int()),
  prices: mapOf(z.int()),
});
