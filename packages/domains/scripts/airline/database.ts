import type { AirlineDb, Flight, User } from "../../src/airline/schema.ts";
import { compareCodePoints } from "../../src/core/python.ts";
import { toRecordLines } from "../lib/record-lines.ts";
import { createRandom, createUnused, type Random } from "../lib/random.ts";
import { createPlantedUser, createRandomUser } from "./customers.ts";
import { createPlantedReservation } from "./planted-case.ts";
import { plantedCases } from "./planted-cases.ts";
import { plantedFlights } from "./planted-flights.ts";
import { createRandomReservation } from "./reservations.ts";
import { createRandomRoutes, formatFlightNumber, createRandomFlight } from "./timetable.ts";
const seeds = { planted: 11, routes: 23, flights: 37, users: 41, reservations: 59 };
const randomUserCount = 42;
const randomReservationCount = 200;

/** Creates the starter database: random records and the records that the tasks need. */
export function createAirlineDatabase(): AirlineDb {
  const { planted, random } = createTimetable();
  const flights = indexById([...planted, ...random], ({ flight_number }) => flight_number);
  const people = createRandom(seeds.planted);
  const users = [...createRandomUsers(), ...plantedCases.map((made) => createPlantedUser(people, made))];
  const reservations = [...createRandomReservations(users.slice(0, randomUserCount), random), ...createPlantedReservations(flights)];
  for (const { user_id, reservation_id } of reservations.toSorted((a, b) => compareCodePoints(a.created_at, b.created_at))) {
    users.find((user) => user.user_id === user_id)!.reservations.push(reservation_id);
  }
  return {
    flights,
    users: indexById(users, ({ user_id }) => user_id),
    reservations: indexById(reservations, ({ reservation_id }) => reservation_id),
  };
}

/** Formats the database as its file: one customer, reservation or date of a flight per line. */
export function serializeDatabase(database: AirlineDb): string {
  const isSpread = (path: readonly string[]) =>
    path.length < 2 || (path[0] === "flights" && path.length < 4 && (path[2] ?? "dates") === "dates");
  return `${toRecordLines(database, isSpread)}\n`;
}

function createTimetable(): { planted: Flight[]; random: Flight[] } {
  const stream = createRandom(seeds.flights);
  const planted = plantedFlights.map(({ number, pins, ...route }) =>
    createRandomFlight(createRandom(seeds.planted + number), number, route, pins),
  );
  const random = createRandomRoutes(createRandom(seeds.routes)).map((route, i) =>
    createRandomFlight(stream, plantedFlights.length + 1 + i, route),
  );
  return { planted, random };
}

function createRandomUsers(): User[] {
  const random = createRandom(seeds.users);
  const taken = new Set(plantedCases.flatMap(({ methods }) => methods.map(({ id }) => id.split("_").at(-1)!)));
  const ids = new Set<string>();
  return Array.from({ length: randomUserCount }, () => createRandomUser(random, taken, ids));
}

function createRandomReservations(users: readonly User[], flights: readonly Flight[]) {
  const random = createRandom(seeds.reservations);
  const ids = new Set(plantedCases.flatMap(({ trips = [] }) => trips.map(({ id }) => id)));
  return Array.from({ length: randomReservationCount }, () => {
    const id = createUnused(ids, () => createReservationId(random));
    return createRandomReservation(random, id, random.pick(users), flights);
  });
}

function createReservationId(random: Random): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
  const signs = [...letters, ..."0123456789".split("")];
  return random.pick(letters) + Array.from({ length: 5 }, () => random.pick(signs)).join("");
}

function createPlantedReservations(flights: Record<string, Flight>) {
  const route = (number: number): [string, string] => {
    const { origin, destination } = flights[formatFlightNumber(number)]!;
    return [origin, destination];
  };
  return plantedCases.flatMap((planted) => (planted.trips ?? []).map((trip) => createPlantedReservation(planted, trip, route)));
}

function indexById<T>(records: readonly T[], getId: (record: T) => string): Record<string, T> {
  return Object.fromEntries(records.map((record) => [getId(record), record] as const).toSorted(([a], [b]) => compareCodePoints(a, b)));
}
