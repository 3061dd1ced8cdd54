import type { AirlineDb, Flight, User } from "../../src/airline/schema.ts";
import { compareCodePoints } from "../../src/core/python.ts";
import { recordLines } from "../lib/record-lines.ts";
import { randomOf, unused, type Random } from "../lib/random.ts";
import { plantedUser, randomUser } from "./customers.ts";
import { plantedReservation } from "./planted-case.ts";
import { plantedCases } from "./planted-cases.ts";
import { plantedFlights } from "./planted-flights.ts";
import { randomReservation } from "./reservations.ts";
import { randomRoutes } from "./routes.ts";
import { flightNumber, randomFlight } from "./timetable.ts";

const seeds = { planted: 11, routes: 23, flights: 37, users: 41, reservations: 59 };
const randomUsers = 42;
const randomReservations = 200;

/** The starter database: a random airline, and in it what the tasks need. */
export function airlineDatabase(): AirlineDb {
  const { planted, random } = timetable();
  const flights = byId([...planted, ...random], ({ flight_number }) => flight_number);
  const people = randomOf(seeds.planted);
  const users = [...crowd(), ...plantedCases.map((made) => plantedUser(people, made))];
  const reservations = [...crowdReservations(users.slice(0, randomUsers), random), ...plantedReservations(flights)];
  for (const { user_id, reservation_id } of reservations.toSorted((a, b) => compareCodePoints(a.created_at, b.created_at))) {
    users.find((user) => user.user_id === user_id)!.reservations.push(reservation_id);
  }
  return {
    flights,
    users: byId(users, ({ user_id }) => user_id),
    reservations: byId(reservations, ({ reservation_id }) => reservation_id),
  };
}

/** The database as its file holds it: one customer, reservation or date of a flight a line. */
export function databaseText(database: AirlineDb): string {
  const isSpread = (path: readonly string[]) =>
    path.length < 2 || (path[0] === "flights" && path.length < 4 && (path[2] ?? "dates") === "dates");
  return `${recordLines(database, isSpread)}\n`;
}

function timetable(): { planted: Flight[]; random: Flight[] } {
  const stream = randomOf(seeds.flights);
  const planted = plantedFlights.map(({ number, pins, ...route }) => randomFlight(randomOf(seeds.planted + number), number, route, pins));
  const random = randomRoutes(randomOf(seeds.routes)).map((route, i) => randomFlight(stream, plantedFlights.length + 1 + i, route));
  return { planted, random };
}

function crowd(): User[] {
  const random = randomOf(seeds.users);
  const taken = new Set(plantedCases.flatMap(({ methods }) => methods.map(({ id }) => id.split("_").at(-1)!)));
  const ids = new Set<string>();
  return Array.from({ length: randomUsers }, () => randomUser(random, taken, ids));
}

function crowdReservations(users: readonly User[], flights: readonly Flight[]) {
  const random = randomOf(seeds.reservations);
  const ids = new Set(plantedCases.flatMap(({ trips = [] }) => trips.map(({ id }) => id)));
  return Array.from({ length: randomReservations }, () => {
    const id = unused(ids, () => reservationId(random));
    return randomReservation(random, id, random.pick(users), flights);
  });
}

function reservationId(random: Random): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
  const signs = [...letters, ..."0123456789".split("")];
  return random.pick(letters) + Array.from({ length: 5 }, () => random.pick(signs)).join("");
}

function plantedReservations(flights: Record<string, Flight>) {
  const route = (number: number): [string, string] => {
    const { origin, destination } = flights[flightNumber(number)]!;
    return [origin, destination];
  };
  return plantedCases.flatMap((planted) => (planted.trips ?? []).map((trip) => plantedReservation(planted, trip, route)));
}

function byId<T>(records: readonly T[], idOf: (record: T) => string): Record<string, T> {
  return Object.fromEntries(records.map((record) => [idOf(record), record] as const).toSorted(([a], [b]) => compareCodePoints(a, b)));
}
