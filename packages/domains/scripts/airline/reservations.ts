import type { Cabin, Flight, Leg, Reservation, User } from "../../src/airline/schema.ts";
import { randomPerson } from "../lib/people.ts";
import type { Random } from "../lib/random.ts";
import { dateText, day, midnight, now, stampText } from "./calendar.ts";
import { fares } from "./timetable.ts";

const freeBags: Record<User["membership"], Record<Cabin, number>> = {
  regular: { basic_economy: 0, economy: 1, business: 2 },
  silver: { basic_economy: 1, economy: 2, business: 3 },
  gold: { basic_economy: 2, economy: 3, business: 4 },
};

/** A trip of a customer on flights of the timetable, paid for by a card or gift card of theirs. */
export function randomReservation(random: Random, id: string, owner: User, flights: readonly Flight[]): Reservation {
  const cabin = random.pick(["basic_economy", "economy", "business"] as const);
  const { legs, isReturn } = randomTrip(random, flights, cabin);
  const passengers = randomPassengers(random, owner);
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
    created_at: randomCreation(random, Number(first.date.slice(-2))),
    status: null,
    passengers,
    payment_history: [{ payment_id: random.pick(payers).id, amount: each * passengers.length }],
    flights: legs,
  };
}

function randomPassengers(random: Random, owner: User) {
  const self = { ...owner.name, dob: owner.dob };
  const others = [...owner.saved_passengers, randomPerson(random), randomPerson(random)].slice(0, random.int(0, 3));
  return others.length > 0 && random.chance(20) ? others : [self, ...others];
}

function randomTrip(random: Random, flights: readonly Flight[], cabin: Cabin): { legs: Leg[]; isReturn: boolean } {
  const out = random.int(3, 30);
  const way = randomWay(random, flights);
  const legs = legsOf(random, way, out, cabin);
  const back = out + random.int(1, 7);
  if (back > 30 || random.chance(50)) return { legs, isReturn: false };
  const wayBack = returnWay(random, flights, way);
  return wayBack ? { legs: [...legs, ...legsOf(random, wayBack, back, cabin)], isReturn: true } : { legs, isReturn: false };
}

function randomWay(random: Random, flights: readonly Flight[]): Flight[] {
  const first = random.pick(flights);
  const onward = random.chance(35) ? flights.filter((next) => next.destination !== first.origin && connects(first, next)) : [];
  return onward.length > 0 ? [first, random.pick(onward)] : [first];
}

/** The same airports backwards, if the hours allow it. */
function returnWay(random: Random, flights: readonly Flight[], way: readonly Flight[]): Flight[] | null {
  const options = way
    .toReversed()
    .map((leg) => flights.filter(({ origin, destination }) => origin === leg.destination && destination === leg.origin));
  const chained = options[0]!.flatMap((first) =>
    options[1] ? options[1].filter((next) => connects(first, next)).map((next) => [first, next]) : [[first]],
  );
  return chained.length > 0 ? random.pick(chained) : null;
}

function connects(first: Flight, next: Flight): boolean {
  const arrival = first.scheduled_arrival_time_est;
  return next.origin === first.destination && !arrival.includes("+1") && next.scheduled_departure_time_est > arrival;
}

function legsOf(random: Random, way: readonly Flight[], dayOfMay: number, cabin: Cabin): Leg[] {
  return way.map(({ flight_number, origin, destination }) => {
    return { flight_number, origin, destination, date: dateText(dayOfMay), price: random.int(...fares[cabin]) };
  });
}

/** Some day before the trip; for one in ten of the trips to come within the last 24 hours. */
function randomCreation(random: Random, departureDay: number): string {
  const isRecent = random.chance(10);
  const second = random.int(0, 59);
  if (isRecent && midnight(departureDay) > now) return stampText(random.int(now - day + 20, now - 20), second);
  const latest = Math.min(midnight(departureDay) - 120, now - day - 120);
  return stampText(random.int(-6 * day, latest), second);
}
