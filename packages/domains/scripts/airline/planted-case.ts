import type { Cabin, PaymentMethod, Reservation, User } from "../../src/airline/schema.ts";
import { padTwo, type Person } from "../lib/people.ts";
import { formatFlightNumber } from "./timetable.ts";

/** Customer of a task, with payment methods and trips. */
export interface PlantedCase {
  customer: Person;
  /** Four digits of the user id. */
  digits: string;
  membership: User["membership"];
  methods: readonly PaymentMethod[];
  /** Companions of the customer; also the saved passengers. */
  companions?: readonly Person[];
  trips?: readonly PlantedTrip[];
}

/** Reservation of a planted customer. */
export interface PlantedTrip {
  id: string;
  cabin: Cabin;
  /** Flight number, day of May and price per passenger. */
  legs: readonly (readonly [number, number, number])[];
  /** Passengers. Default: the customer and all companions. */
  passengers?: readonly Person[];
  paidBy: string;
  /** Day of May and time: `06 11:42:10`. */
  created: string;
  bags?: number;
  insured?: boolean;
}

/** Formats a user id: `freya_lindqvist_4417`. */
export function formatUserId({ first_name, last_name }: Person, digits: string): string {
  return `${first_name}_${last_name}_${digits}`.toLowerCase();
}

/** Parses a person: `Freya Lindqvist 1984-02-19`. */
export function parsePerson(text: string): Person {
  const [first_name, last_name, dob] = text.split(" ") as [string, string, string];
  return { first_name, last_name, dob };
}

export function card(digits: string, brand: "visa" | "mastercard", last_four: string): PaymentMethod {
  return { source: "credit_card", id: `credit_card_${digits}`, brand, last_four };
}

export function giftCard(digits: string, amount: number): PaymentMethod {
  return { source: "gift_card", id: `gift_card_${digits}`, amount };
}

export function certificate(digits: string, amount: number): PaymentMethod {
  return { source: "certificate", id: `certificate_${digits}`, amount };
}

/** Creates the reservation of a planted trip, paid in full. */
export function createPlantedReservation(
  planted: PlantedCase,
  trip: PlantedTrip,
  route: (number: number) => [string, string],
): Reservation {
  const passengers = [...(trip.passengers ?? [planted.customer, ...(planted.companions ?? [])])];
  const flights = trip.legs.map(([number, day, price]) => {
    const [origin, destination] = route(number);
    return { flight_number: formatFlightNumber(number), origin, destination, date: `2024-05-${padTwo(day)}`, price };
  });
  const { origin } = flights[0]!;
  const end = flights.at(-1)!.destination;
  const each = flights.reduce((sum, { price }) => sum + price, 0) + (trip.insured ? 30 : 0);
  return {
    reservation_id: trip.id,
    user_id: formatUserId(planted.customer, planted.digits),
    cabin: trip.cabin,
    flight_type: end === origin ? "round_trip" : "one_way",
    origin,
    // The destination of a round trip is the origin of its way back.
    destination: end === origin ? flights[flights.length / 2]!.origin : end,
    insurance: trip.insured ? "yes" : "no",
    total_baggages: trip.bags ?? 0,
    nonfree_baggages: 0,
    created_at: `2024-05-${trip.created.replace(" ", "T")}`,
    status: null,
    passengers,
    payment_history: [{ payment_id: trip.paidBy, amount: each * passengers.length }],
    flights,
  };
}
