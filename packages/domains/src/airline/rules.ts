import { getOwn } from "../core/json/json.ts";
import { ToolError } from "../core/errors.ts";
import { pyNumber } from "../core/python.ts";
import type {
  AirlineDb,
  FlightDate,
  AvailableDate,
  Flight,
  Reservation,
  Payment,
  Leg,
  User,
  FoundFlight,
  Cabin,
  FlightInfo,
} from "./schema.ts";

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

/** Checks that the payments are covered, one by one, and together are the price. Takes nothing yet. */
export function checkPayments(user: User, payments: readonly Payment[], price: number): void {
  for (const { payment_id, amount } of payments) {
    const method = getOwn(user.payment_methods, payment_id);
    if (!method) throw new ToolError(`Payment method ${payment_id} not found`);
    if (method.source !== "credit_card" && method.amount < amount) {
      throw new ToolError(`Not enough balance in payment method ${payment_id}`);
    }
  }
  const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
  if (paid !== price) {
    throw new ToolError(`Payment amount does not add up, total price is ${pyNumber(price)}, but paid ${pyNumber(paid)}`);
  }
}

/** Takes the money: gift cards lose the amount, a certificate is spent whole, whatever is left on it. */
export function takePayments(user: User, payments: readonly Payment[]): void {
  for (const { payment_id, amount } of payments) {
    const method = getOwn(user.payment_methods, payment_id);
    // Earlier payments stay taken, as in tau2-bench (docs/spec/airline.md#3-4).
    if (!method) throw new ToolError(`Certificate ${payment_id} is listed twice and was spent by its first entry`);
    if (method.source === "gift_card") method.amount -= amount;
    if (method.source === "certificate") delete user.payment_methods[payment_id];
  }
}

/** Dollars for each checked bag beyond the free allowance. */
export const bagFee = 50;

/** Dollars for the travel insurance of one passenger. */
export const insuranceFee = 30;

/** Returns the first free id of a fixed list. tau2-bench does not assign others (docs/spec/airline.md#2-1, #2-7). */
export function pickFreshId(ids: readonly string[], taken: object): string | undefined {
  return ids.find((id) => !Object.hasOwn(taken, id));
}

/** Search for flights. A missing field matches everything. */
export interface FlightQuery {
  date: string;
  origin: string;
  destination?: string;
  /** Earliest scheduled departure, as a text: `13:00:00+1` is later than every time of the same day. */
  leavesFrom?: string;
}

/** Flights on sale, in the order of the database. Sold-out cabins are shown with their 0 seats (docs/spec/airline.md#2-6). */
export function findFlightsOnSale(db: AirlineDb, { date, origin, destination, leavesFrom }: FlightQuery): FoundFlight[] {
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
export function findConnectionsOnSale(db: AirlineDb, date: string, origin: string, destination: string): [FoundFlight, FoundFlight][] {
  return findFlightsOnSale(db, { date, origin }).flatMap((first) => {
    const arrival = first.scheduled_arrival_time_est;
    const secondDate = arrival.includes("+1") ? getDayAfter(date) : date;
    const onward = findFlightsOnSale(db, { date: secondDate, origin: first.destination, destination, leavesFrom: arrival });
    return onward.map((second): [FoundFlight, FoundFlight] => [
      { ...first, date },
      { ...second, date: secondDate },
    ]);
  });
}

// The timetable is that of May 2024, and days below 10 lose their zero, so that nothing connects overnight to them (docs/spec/airline.md#3-15).
function getDayAfter(date: string): string {
  return `2024-05-${Number(date.slice(-2)) + 1}`;
}

/** A flight that can be sold: the leg at today's price, and the date that its seats are taken from. */
export interface Offer {
  leg: Leg;
  onDate: AvailableDate;
}

/** Returns the current price of a flight. @throws ToolError when it is not on sale or has too few seats in the cabin. */
export function getOffer(db: AirlineDb, { flight_number, date }: FlightInfo, cabin: Cabin, passengers: number): Offer {
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

/**
 * Settles what a change of a reservation costs; a negative difference pays back. The method must fit even when nothing is due.
 * Gift cards are charged or credited immediately.
 * @returns the entry for the reservation's history; none when nothing is due.
 */
export function settleUpdate(user: User, paymentId: string, difference: number): Payment[] {
  const method = getOwn(user.payment_methods, paymentId);
  if (!method) throw new ToolError("Payment method not found");
  if (method.source === "certificate") throw new ToolError("Certificate cannot be used to update reservation");
  if (method.source === "gift_card") {
    if (method.amount < difference) throw new ToolError("Gift card balance is not enough");
    method.amount -= difference;
  }
  return difference === 0 ? [] : [{ payment_id: paymentId, amount: difference }];
}
