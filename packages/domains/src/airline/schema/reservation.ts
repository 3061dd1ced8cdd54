import { z } from "zod";
import { optional } from "../../core/schema.ts";
import { cabin } from "./cabin.ts";
import { passenger } from "./passenger.ts";

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
