import { padTwo } from "../lib/people.ts";
import type { Cabin, Flight, FlightDate } from "../../src/airline/schema.ts";
import type { Random } from "../lib/random.ts";

/** Latitude and longitude of the airports in degrees, for realistic flight times. */
const places: Readonly<Record<string, readonly [number, number]>> = {
  SFO: [37.6, -122.4],
  JFK: [40.6, -73.8],
  LAX: [33.9, -118.4],
  ORD: [42.0, -87.9],
  DFW: [32.9, -97.0],
  DEN: [39.9, -104.7],
  SEA: [47.4, -122.3],
  ATL: [33.6, -84.4],
  MIA: [25.8, -80.3],
  BOS: [42.4, -71.0],
  PHX: [33.4, -112.0],
  IAH: [30.0, -95.3],
  LAS: [36.1, -115.2],
  MCO: [28.4, -81.3],
  CLT: [35.2, -80.9],
  MSP: [44.9, -93.2],
  PHL: [39.9, -75.2],
};

/** Airports of the random flights. The other airports belong to the planted flights. */
const randomAirports = ["SFO", "JFK", "LAX", "ORD", "DFW", "DEN", "SEA", "ATL", "MIA", "BOS"] as const;

const kilometersPerHour = 800;
const minutesOnTheGround = 30;

/** Returns the duration of a flight in minutes: a multiple of 30 from 60 to 360, the same in both directions. */
function getFlightMinutes(from: string, to: string): number {
  const minutes = (getDistance(from, to) / kilometersPerHour) * 60 + minutesOnTheGround;
  return Math.min(360, Math.max(60, Math.round(minutes / 30) * 30));
}

function getDistance(from: string, to: string): number {
  const [a, b] = [places[from]!, places[to]!].map(([latitude, longitude]) => [toRadians(latitude), toRadians(longitude)] as const);
  const half = Math.sin((b![0] - a![0]) / 2) ** 2 + Math.cos(a![0]) * Math.cos(b![0]) * Math.sin((b![1] - a![1]) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(half));
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** Minutes since 2024-05-01T00:00, the start of the timetable. */
export type Minute = number;

/** Minutes of a day. */
export const minutesPerDay = 24 * 60;

/** Current time of the domain: 2024-05-15T15:00. */
export const now: Minute = 14 * minutesPerDay + 15 * 60;

/** Days of May with flights. */
const days: readonly number[] = Array.from({ length: 30 }, (_, i) => i + 1);

const today = 15;

/** Returns the start of a day of May. */
export function getMidnight(dayOfMay: number): Minute {
  return (dayOfMay - 1) * minutesPerDay;
}

export function formatDate(dayOfMay: number): string {
  return `2024-05-${padTwo(dayOfMay)}`;
}

/** Formats a time as `2024-05-15T15:00:00`. Negative minutes are in April. */
export function formatTimestamp(minute: Minute, second = 0): string {
  return new Date(Date.UTC(2024, 4, 1) + (minute * 60 + second) * 1000).toISOString().slice(0, 19);
}

/** Formats a time of day as `13:30:00`, with `+1` for the next day. */
function formatClockTime(minuteOfDay: number): string {
  const text = `${padTwo(Math.floor(minuteOfDay / 60) % 24)}:${padTwo(minuteOfDay % 60)}:00`;
  return minuteOfDay >= minutesPerDay ? `${text}+1` : text;
}

/** Route of a flight and its hour of departure. */
export interface Route {
  origin: string;
  destination: string;
  /** Hour of departure. */
  hour: number;
}

/** Replaces the random state of a flight on a date by the state that a task needs. */
export type Pin = (drawn: FlightDate) => FlightDate;

/** Lowest and highest price by cabin. */
export const fares: Readonly<Record<Cabin, readonly [number, number]>> = {
  basic_economy: [50, 100],
  economy: [100, 200],
  business: [200, 500],
};

/** Creates a flight with all its dates. */
export function createRandomFlight(random: Random, number: number, route: Route, pins: Readonly<Record<string, Pin>> = {}): Flight {
  const { origin, destination, hour } = route;
  const minutes = getFlightMinutes(origin, destination);
  const dates = days.map((day) => {
    const date = formatDate(day);
    const drawn = createRandomDate(random, day, hour * 60, minutes);
    return [date, pins[date]?.(drawn) ?? drawn] as const;
  });
  return {
    flight_number: formatFlightNumber(number),
    destination,
    origin,
    scheduled_arrival_time_est: formatClockTime(hour * 60 + minutes),
    scheduled_departure_time_est: formatClockTime(hour * 60),
    dates: Object.fromEntries(dates),
  };
}

/** Formats a flight number: `HAT001` for 1. */
export function formatFlightNumber(number: number): string {
  return `HAT${String(number).padStart(3, "0")}`;
}

function createRandomDate(random: Random, day: number, departure: number, minutes: number): FlightDate {
  const leaves = getMidnight(day) + departure;
  const lands = leaves + minutes;
  if (day > today) {
    const prices = mapCabins((cabin) => random.int(...fares[cabin]));
    return { prices, available_seats: mapCabins(() => random.int(0, 20)), status: "available" };
  }
  if (random.chance(8)) return { status: "cancelled" };
  const [early, late] = [random.int(-5, 30), random.int(-30, 30)];
  if (lands <= now) {
    const landed = Math.min(lands + late, now - 5);
    return {
      status: "landed",
      actual_arrival_time_est: formatTimestamp(landed),
      actual_departure_time_est: formatTimestamp(leaves + early),
    };
  }
  if (leaves < now) {
    return {
      status: "flying",
      actual_departure_time_est: formatTimestamp(leaves + Math.min(early, 0)),
      estimated_arrival_time_est: formatTimestamp(lands),
    };
  }
  const delay = random.chance(40) ? random.int(2, 8) * 30 : 0;
  return {
    status: delay > 0 ? "delayed" : "on time",
    estimated_departure_time_est: formatTimestamp(leaves + delay),
    estimated_arrival_time_est: formatTimestamp(lands + delay),
  };
}

function mapCabins(value: (cabin: Cabin) => number): Record<string, number> {
  return { basic_economy: value("basic_economy"), economy: value("economy"), business: value("business") };
}

const connectedPairs = 22;

/** Pairs that connect the airports of the planted flights to the others. A task needs PHL to be reachable only from CLT. */
const bridges = [
  ["ORD", "MSP"],
  ["DEN", "PHX"],
  ["ATL", "MCO"],
  ["DFW", "IAH"],
  ["LAX", "LAS"],
  ["JFK", "CLT"],
] as const;

/** Creates the routes of the random flights: pairs of airports with one to four flights a day in each direction. */
export function createRandomRoutes(random: Random): Route[] {
  const pairs = randomAirports.flatMap((a, i) => randomAirports.slice(i + 1).map((b) => [a, b] as const));
  return [...random.sample(pairs, connectedPairs), ...bridges].flatMap(([a, b]) => [
    ...pickDepartures(random, a, b),
    ...pickDepartures(random, b, a),
  ]);
}

function pickDepartures(random: Random, origin: string, destination: string): Route[] {
  const hours = Array.from({ length: 18 }, (_, i) => i + 6);
  return random
    .sample(hours, random.int(1, 4))
    .toSorted((a, b) => a - b)
    .map((hour) => ({ origin, destination, hour }));
}
