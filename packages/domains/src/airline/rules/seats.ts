import { getOwn } from "../../core/entry-of.ts";
import { ToolError } from "../../core/errors.ts";
import type { Cabin } from "../schema/cabin.ts";
import type { AirlineDb } from "../schema/db.ts";
import type { AvailableDate } from "../schema/flight-date.ts";
import type { FlightInfo } from "../schema/flight-info.ts";
import type { Leg } from "../schema/reservation.ts";
import { getFlightOnDate } from "./lookups.ts";

/** A flight that can be sold: the leg at today's price, and the date that its seats are taken from. */
export interface Offer {
  leg: Leg;
  onDate: AvailableDate;
}

/** What a flight costs now. @throws ToolError when it is not on sale or has too few seats in the cabin. */
export function offerFor(db: AirlineDb, { flight_number, date }: FlightInfo, cabin: Cabin, passengers: number): Offer {
  const { flight, onDate } = getFlightOnDate(db, flight_number, date);
  if (onDate.status !== "available") throw new ToolError(`Flight ${flight_number} not available on date ${date}`);
  const seats = getOwn(onDate.available_seats, cabin) ?? 0;
  const price = getOwn(onDate.prices, cabin);
  if (seats < passengers || price === undefined) throw new ToolError(`Not enough seats on flight ${flight_number}`);
  const { origin, destination } = flight;
  return { leg: { flight_number: flight.flight_number, origin, destination, date, price }, onDate };
}

/** Takes seats off an offer's date. */
export function takeSeats({ onDate }: Offer, cabin: Cabin, passengers: number): void {
  onDate.available_seats[cabin] = (onDate.available_seats[cabin] ?? 0) - passengers;
}
