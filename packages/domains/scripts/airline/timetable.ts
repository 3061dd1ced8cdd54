import type { Cabin, Flight, FlightDate } from "../../src/airline/schema.ts";
import type { Random } from "../lib/random.ts";
import { flightMinutes } from "./airports.ts";
import { clockText, dateText, days, midnight, now, stampText, today } from "./calendar.ts";

/** A flight before its dates are known. */
export interface Route {
  origin: string;
  destination: string;
  /** Hour of departure. */
  hour: number;
}

/** Puts what a task needs in the place of what chance has drawn for a date. */
export type Pin = (drawn: FlightDate) => FlightDate;

/** Prices of tickets, from lowest to highest. */
export const fares: Readonly<Record<Cabin, readonly [number, number]>> = {
  basic_economy: [50, 100],
  economy: [100, 200],
  business: [200, 500],
};

/** A flight on all its dates. */
export function randomFlight(random: Random, number: number, route: Route, pins: Readonly<Record<string, Pin>> = {}): Flight {
  const { origin, destination, hour } = route;
  const minutes = flightMinutes(origin, destination);
  const dates = days.map((day) => {
    const date = dateText(day);
    const drawn = randomDate(random, day, hour * 60, minutes);
    return [date, pins[date]?.(drawn) ?? drawn] as const;
  });
  return {
    flight_number: flightNumber(number),
    destination,
    origin,
    scheduled_arrival_time_est: clockText(hour * 60 + minutes),
    scheduled_departure_time_est: clockText(hour * 60),
    dates: Object.fromEntries(dates),
  };
}

/** `HAT001` for 1. */
export function flightNumber(number: number): string {
  return `HAT${String(number).padStart(3, "0")}`;
}

function randomDate(random: Random, day: number, departure: number, minutes: number): FlightDate {
  const leaves = midnight(day) + departure;
  const lands = leaves + minutes;
  if (day > today) {
    const prices = byCabin((cabin) => random.int(...fares[cabin]));
    return { prices, available_seats: byCabin(() => random.int(0, 20)), status: "available" };
  }
  if (random.chance(8)) return { status: "cancelled" };
  const [early, late] = [random.int(-5, 30), random.int(-30, 30)];
  if (lands <= now) {
    const landed = Math.min(lands + late, now - 5);
    return { status: "landed", actual_arrival_time_est: stampText(landed), actual_departure_time_est: stampText(leaves + early) };
  }
  if (leaves < now) {
    return {
      status: "flying",
      actual_departure_time_est: stampText(leaves + Math.min(early, 0)),
      estimated_arrival_time_est: stampText(lands),
    };
  }
  const delay = random.chance(40) ? random.int(2, 8) * 30 : 0;
  return {
    status: delay > 0 ? "delayed" : "on time",
    estimated_departure_time_est: stampText(leaves + delay),
    estimated_arrival_time_est: stampText(lands + delay),
  };
}

function byCabin(value: (cabin: Cabin) => number): Record<string, number> {
  return { basic_economy: value("basic_economy"), economy: value("economy"), business: value("business") };
}
