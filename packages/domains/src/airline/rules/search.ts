import { getOwn } from "../../core/entry-of.ts";
import type { AirlineDb } from "../schema/db.ts";
import type { FoundFlight } from "../schema/found-flight.ts";

/** What to look for. What is left out may be anything. */
export interface FlightQuery {
  date: string;
  origin: string;
  destination?: string;
  /** Earliest scheduled departure, as a text: `13:00:00+1` is later than every time of the same day. */
  leavesFrom?: string;
}

/** Flights on sale, in the order of the database. Sold-out cabins are shown with their 0 seats (spec airline 2.6). */
export function flightsOnSale(db: AirlineDb, { date, origin, destination, leavesFrom }: FlightQuery): FoundFlight[] {
  const found: FoundFlight[] = [];
  for (const flight of Object.values(db.flights)) {
    if (flight.origin !== origin) continue;
    if (destination !== undefined && flight.destination !== destination) continue;
    const onDate = getOwn(flight.dates, date);
    if (onDate?.status !== "available") continue;
    if (leavesFrom !== undefined && flight.scheduled_departure_time_est < leavesFrom) continue;
    const { dates: _, ...schedule } = flight;
    found.push({ ...schedule, ...onDate, date: null });
  }
  return found;
}

/** Pairs of flights with one change, on the same day, or on the next when the first lands after midnight. */
export function connectionsOnSale(db: AirlineDb, date: string, origin: string, destination: string): [FoundFlight, FoundFlight][] {
  return flightsOnSale(db, { date, origin }).flatMap((first) => {
    const arrival = first.scheduled_arrival_time_est;
    const secondDate = arrival.includes("+1") ? dayAfter(date) : date;
    const onward = flightsOnSale(db, { date: secondDate, origin: first.destination, destination, leavesFrom: arrival });
    return onward.map((second): [FoundFlight, FoundFlight] => [
      { ...first, date },
      { ...second, date: secondDate },
    ]);
  });
}

// The timetable is that of May 2024, and days below 10 lose their zero, so that nothing connects overnight to them (spec airline 3.15).
function dayAfter(date: string): string {
  return `2024-05-${Number(date.slice(-2)) + 1}`;
}
