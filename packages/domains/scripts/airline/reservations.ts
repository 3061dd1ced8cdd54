import type { Cabin, Flight, Leg, Reservation, User } from "../../src/airline/schema.ts";
import { createRandomPerson } from "../lib/people.ts";
import type { Random } from "../lib/random.ts";
import { formatDate, minutesPerDay, getMidnight, now, formatTimestamp, fares } from "./timetable.ts";
const freeBags: Record<User["membership"], Record<Cabin, number>> = {
  regular: { basic_economy: 0, economy: 1, business: 2 },
  silver: { basic_economy: 1, economy: 2, business: 3 },
  gold: { basic_economy: 2, economy: 3, business: 4 },
};

/** Creates a random reservation of a customer, paid by one of their cards or gift cards. */
export function createRandomReservation(random: Random, id: string, owner: User, flights: readonly Flight[]): Reservation {
  const cabin = random.pick(["basic_economy", "economy", "business"] as const);
  const { legs, isReturn } = pickTrip(random, flights, cabin);
  const passengers = pickPassengers(random, owner);
  const insured = random.chance(50);
  const each = legs.reduce((sum, { price }) => sum + price, 0) + (insured ? 30 : 0);
  const payers = Object.values(owner.payment_methods).filter(({ source }) => source !== "certificate");
  const first = legs[0]!;
  return {
    reservation_id: id,
    user_id: owner.user_id,
    cabin,
    flight_type: isReturn ? "round_trip" : "one_way",
    origin: first.origin,
    destination: isReturn ? legs[legs.length / 2]!.origin : legs.at(-1)!.destination,
    insurance: insured ? "yes" : "no",
    total_baggages: random.int(0, Math.min(6, freeBags[owner.membership][cabin] * passengers.length)),
    nonfree_baggages: 0,
    created_at: pickCreationTime(random, Number(first.date.slice(-2))),
    status: null,
    passengers,
    payment_history: [{ payment_id: random.pick(payers).id, amount: each * passengers.length }],
    flights: legs,
  };
}

function pickPassengers(random: Random, owner: User) {
  const self = { ...owner.name, dob: owner.dob };
  const others = [...owner.saved_passengers, createRandomPerson(random), createRandomPerson(random)].slice(0, random.int(0, 3));
  return others.length > 0 && random.chance(20) ? others : [self, ...others];
}

function pickTrip(random: Random, flights: readonly Flight[], cabin: Cabin): { legs: Leg[]; isReturn: boolean } {
  const out = random.int(3, 30);
  const way = pickRoute(random, flights);
  const legs = createLegs(random, way, out, cabin);
  const back = out + random.int(1, 7);
  if (back > 30 || random.chance(50)) return { legs, isReturn: false };
  const wayBack = pickReturnRoute(random, flights, way);
  return wayBack ? { legs: [...legs, ...createLegs(random, wayBack, back, cabin)], isReturn: true } : { legs, isReturn: false };
}

function pickRoute(random: Random, flights: readonly Flight[]): Flight[] {
  const first = random.pick(flights);
  const onward = random.chance(35) ? flights.filter((next) => next.destination !== first.origin && isConnection(first, next)) : [];
  return onward.length > 0 ? [first, random.pick(onward)] : [first];
}

/** Picks flights over the same airports in reverse, or returns null if none connect. */
function pickReturnRoute(random: Random, flights: readonly Flight[], way: readonly Flight[]): Flight[] | null {
  const options = way
    .toReversed()
    .map((leg) => flights.filter(({ origin, destination }) => origin === leg.destination && destination === leg.origin));
  const chained = options[0]!.flatMap((first) =>
    options[1] ? options[1].filter((next) => isConnection(first, next)).map((next) => [first, next]) : [[first]],
  );
  return chained.length > 0 ? random.pick(chained) : null;
}

function isConnection(first: Flight, next: Flight): boolean {
  const arrival = first.scheduled_arrival_time_est;
  return next.origin === first.destination && !arrival.includes("+1") && next.scheduled_departure_time_est > arrival;
}

function createLegs(random: Random, way: readonly Flight[], dayOfMay: number, cabin: Cabin): Leg[] {
  return way.map(({ flight_number, origin, destination }) => {
    return { flight_number, origin, destination, date: formatDate(dayOfMay), price: random.int(...fares[cabin]) };
  });
}

/** Picks a time before the trip. One in ten future trips was created within the last 24 hours. */
function pickCreationTime(random: Random, departureDay: number): string {
  const isRecent = random.chance(10);
  const second = random.int(0, 59);
  if (isRecent && getMidnight(departureDay) > now) return formatTimestamp(random.int(now - minutesPerDay + 20, now - 20), second);
  const latest = Math.min(getMidnight(departureDay) - 120, now - minutesPerDay - 120);
  return formatTimestamp(random.int(-6 * minutesPerDay, latest), second);
}
