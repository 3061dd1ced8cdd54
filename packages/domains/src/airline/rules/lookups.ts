import { getOwn } from "../../core/entry-of.ts";
import { ToolError } from "../../core/errors.ts";
import type { AirlineDb } from "../schema/db.ts";
import type { FlightDate } from "../schema/flight-date.ts";
import type { Flight } from "../schema/flight.ts";
import type { Reservation } from "../schema/reservation.ts";
import type { User } from "../schema/user.ts";

export function getUser(db: AirlineDb, id: string): User {
  const found = getOwn(db.users, id);
  if (!found) throw new ToolError(`User ${id} not found`);
  return found;
}

export function getReservation(db: AirlineDb, id: string): Reservation {
  const found = getOwn(db.reservations, id);
  if (!found) throw new ToolError(`Reservation ${id} not found`);
  return found;
}

/** A flight by its number, and what it is on a date. */
export function getFlightOnDate(db: AirlineDb, number: string, date: string): { flight: Flight; onDate: FlightDate } {
  const flight = getOwn(db.flights, number);
  if (!flight) throw new ToolError(`Flight ${number} not found`);
  const onDate = getOwn(flight.dates, date);
  if (!onDate) throw new ToolError(`Flight ${number} not found on date ${date}`);
  return { flight, onDate };
}
