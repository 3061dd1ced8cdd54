import type { Random } from "../lib/random.ts";
import { randomAirports } from "./airports.ts";
import type { Route } from "./timetable.ts";

const connectedPairs = 22;

/** Pairs that tie the airports of the planted flights to the rest. Philadelphia stays reachable by Charlotte alone: a task needs it so. */
const bridges = [
  ["ORD", "MSP"],
  ["DEN", "PHX"],
  ["ATL", "MCO"],
  ["DFW", "IAH"],
  ["LAX", "LAS"],
  ["JFK", "CLT"],
] as const;

/** The random timetable's routes: pairs of airports, each with one to four flights a day both ways. */
export function randomRoutes(random: Random): Route[] {
  const pairs = randomAirports.flatMap((a, i) => randomAirports.slice(i + 1).map((b) => [a, b] as const));
  return [...random.sample(pairs, connectedPairs), ...bridges].flatMap(([a, b]) => [
    ...departures(random, a, b),
    ...departures(random, b, a),
  ]);
}

function departures(random: Random, origin: string, destination: string): Route[] {
  const hours = Array.from({ length: 18 }, (_, i) => i + 6);
  return random
    .sample(hours, random.int(1, 4))
    .toSorted((a, b) => a - b)
    .map((hour) => ({ origin, destination, hour }));
}
