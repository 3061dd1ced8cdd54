import { airline, type AirlineDb, type Flight, type Reservation, type User } from "../../src/airline/index.ts";
import type { FlightDate } from "../../src/airline/schema.ts";
import { Environment } from "../../src/core/environment/environment.ts";
import { createEnvironmentConfig } from "../../src/core/environment/execute-tool-call.ts";
import { parseInlineData } from "../../src/core/domain/domain-data.ts";

/** Creates a date on sale with the same number of seats in every cabin. */
function createSale(seats: number, price: number): FlightDate {
  const all = (value: number) => ({ basic_economy: value, economy: value, business: value });
  return {
    status: "available",
    available_seats: all(seats),
    prices: { basic_economy: price, economy: price + 100, business: price + 300 },
  };
}

function createFlight(
  number: string,
  origin: string,
  destination: string,
  times: [string, string],
  dates: Record<string, FlightDate>,
): Flight {
  return {
    flight_number: number,
    origin,
    destination,
    scheduled_departure_time_est: times[0],
    scheduled_arrival_time_est: times[1],
    dates,
  };
}

const ana: User = {
  user_id: "ana_ruiz_1001",
  name: { first_name: "Ana", last_name: "Ruiz" },
  address: { address1: "1 Pier Road", address2: null, city: "Erie", country: "USA", state: "PA", zip: "16501" },
  email: "ana.ruiz7@example.com",
  dob: "1980-01-01",
  payment_methods: {
    credit_card_1: { source: "credit_card", id: "credit_card_1", brand: "visa", last_four: "1111" },
    gift_card_1: { source: "gift_card", id: "gift_card_1", amount: 120 },
    certificate_1: { source: "certificate", id: "certificate_1", amount: 150 },
  },
  saved_passengers: [],
  membership: "silver",
  reservations: ["AAA111"],
};

const trip: Reservation = {
  reservation_id: "AAA111",
  user_id: "ana_ruiz_1001",
  origin: "SFO",
  destination: "JFK",
  flight_type: "one_way",
  cabin: "economy",
  flights: [{ flight_number: "HAT001", origin: "SFO", destination: "JFK", date: "2024-05-20", price: 140 }],
  passengers: [
    { first_name: "Ana", last_name: "Ruiz", dob: "1980-01-01" },
    { first_name: "Leo", last_name: "Ruiz", dob: "2010-02-02" },
  ],
  payment_history: [{ payment_id: "credit_card_1", amount: 280 }],
  created_at: "2024-05-01T09:00:00",
  total_baggages: 2,
  nonfree_baggages: 0,
  insurance: "no",
  status: null,
};

const db: AirlineDb = {
  flights: {
    HAT001: createFlight("HAT001", "SFO", "JFK", ["08:00:00", "13:00:00"], {
      "2024-05-14": { status: "cancelled" },
      "2024-05-15": { status: "landed", actual_arrival_time_est: "2024-05-15T13:05:00", actual_departure_time_est: "2024-05-15T08:00:00" },
      "2024-05-20": createSale(5, 50),
      "2024-05-21": createSale(1, 60),
    }),
    HAT002: createFlight("HAT002", "SFO", "DEN", ["09:00:00", "12:00:00"], { "2024-05-20": createSale(5, 70) }),
    HAT003: createFlight("HAT003", "DEN", "JFK", ["12:00:00", "16:00:00"], {
      "2024-05-20": createSale(0, 80),
      "2024-05-21": createSale(9, 90),
    }),
    HAT004: createFlight("HAT004", "SFO", "DEN", ["23:00:00", "02:00:00+1"], {
      "2024-05-20": createSale(5, 55),
      "2024-05-08": createSale(5, 55),
    }),
  },
  users: { ana_ruiz_1001: ana, ben_oh_2002: { ...ana, user_id: "ben_oh_2002", payment_methods: {}, reservations: [] } },
  reservations: { AAA111: trip },
};

/** Creates an airline of four flights and two customers. */
export function createSmallAirline(): Environment<typeof airline> {
  return new Environment<typeof airline>(createEnvironmentConfig(airline, parseInlineData(airline, { db, policy: "" })) as never);
}

/** Parses a reservation, the answer of a tool. */
export function parseReservation(message: { content: string | null }): Reservation {
  return JSON.parse(message.content ?? "") as Reservation;
}

/** Creates arguments of a booking: one flight for one passenger, 150 dollars in economy. */
export function createBooking(changes: Record<string, unknown> = {}) {
  return {
    user_id: "ana_ruiz_1001",
    origin: "SFO",
    destination: "JFK",
    flight_type: "one_way",
    cabin: "economy",
    flights: [{ flight_number: "HAT001", date: "2024-05-20" }],
    passengers: [{ first_name: "Ana", last_name: "Ruiz", dob: "1980-01-01" }],
    payment_methods: [{ payment_id: "credit_card_1", amount: 150 }],
    total_baggages: 0,
    nonfree_baggages: 0,
    insurance: "no",
    ...changes,
  } as never;
}
