import { z } from "zod";
import { mapOf, optional } from "../core/schema/schema.ts";
import { createToolFactory } from "../core/tool/tool.ts";

/** Times are local texts, `2024-05-15T14:00:00`; nothing reads them, so their form is not checked. */
const time = () => z.string();

const available = z.object({
  status: z.literal("available"),
  /** Free seats a cabin. May go below zero: seats are checked leg by leg (docs/spec/airline.md#3-5). */
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

/** Cabin classes. Basic economy is a class of its own, not a kind of economy. */
export type Cabin = z.output<typeof cabin>;
export const cabin = z.enum(["business", "economy", "basic_economy"]);

/** A traveller. */
export type Passenger = z.output<typeof passenger>;
export const passenger = z.object({
  first_name: z.string(),
  last_name: z.string(),
  dob: z.string().describe("Date of birth, YYYY-MM-DD."),
});

/** A flight that the passengers of a reservation take, in the order of travel. */
export type Leg = z.output<typeof leg>;
export const leg = z.object({
  flight_number: z.string(),
  origin: z.string(),
  destination: z.string(),
  date: z.string(),
  /** Dollars a passenger, as it was when this leg was bought. */
  price: z.int(),
});

/** Money that changed hands. */
export type Payment = z.output<typeof payment>;
export const payment = z.object({
  payment_id: z.string(),
  /** Dollars; negative when they went back to the customer. */
  amount: z.int(),
});

/** One-way or there and back. */
export const flightType = z.enum(["round_trip", "one_way"]);

/** A booking. */
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
  /** Checked bags in all. */
  total_baggages: z.int(),
  /** Those of them that are paid for. */
  nonfree_baggages: z.int(),
  insurance: z.enum(["yes", "no"]),
  /** Null until cancelled. */
  status: optional(z.literal("cancelled")),
});

/** Dollars left on a gift card or certificate. */
const balance = () => z.number();

/** Payment method of a user. Only cards and gift cards also pay for changes of a reservation. */
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

/** A customer's profile. */
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
  /** Ids, oldest first. Cancelled ones stay in the list. */
  reservations: z.array(z.string()),
});

/** The airline's books, each by its id. */
export type AirlineDb = z.output<typeof airlineDb>;
export const airlineDb = z.strictObject({ flights: mapOf(flight), users: mapOf(user), reservations: mapOf(reservation) });

export const tool = createToolFactory<AirlineDb>();

/** An airport by its code. */
export type Airport = z.output<typeof airport>;
export const airport = z.object({ iata: z.string(), city: z.string() });

/** Which flight on which date: how calls name legs. */
export type FlightInfo = z.output<typeof flightInfo>;
export const flightInfo = z.object({
  flight_number: z.string().describe("Such as HAT001."),
  date: z.string().describe("Departure date, YYYY-MM-DD."),
});

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
