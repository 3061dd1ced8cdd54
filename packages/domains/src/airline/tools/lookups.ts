import { z } from "zod";
import { getUser, getReservation, getFlightOnDate } from "../rules.ts";
import { tool, user, reservation, flightInfo, airport, type Airport } from "../schema.ts";

export const getUserDetails = tool({
  name: "get_user_details",
  kind: "read",
  description: "Look up a customer's profile: membership, payment methods, saved passengers, reservation ids.",
  parameters: z.strictObject({ user_id: z.string().describe("The customer, such as ana_ruiz_1234.") }),
  result: user,
  run: ({ db }, { user_id }) => getUser(db, user_id),
});

export const getReservationDetails = tool({
  name: "get_reservation_details",
  kind: "read",
  description: "Look up a reservation: flights, passengers, payments, bags, insurance.",
  parameters: z.strictObject({ reservation_id: z.string().describe("The reservation, such as QX7T2M.") }),
  result: reservation,
  run: ({ db }, { reservation_id }) => getReservation(db, reservation_id),
});

export const getFlightStatus = tool({
  name: "get_flight_status",
  kind: "read",
  description: "Tell whether a flight on a date is available, on time, delayed, flying, landed or cancelled.",
  parameters: z.strictObject(flightInfo.shape),
  result: z.string(),
  run: ({ db }, { flight_number, date }) => getFlightOnDate(db, flight_number, date).onDate.status,
});

const airports: Airport[] = [
  { iata: "SFO", city: "San Francisco" },
  { iata: "JFK", city: "New York" },
  { iata: "LAX", city: "Los Angeles" },
  { iata: "ORD", city: "Chicago" },
  { iata: "DFW", city: "Dallas" },
  { iata: "DEN", city: "Denver" },
  { iata: "SEA", city: "Seattle" },
  { iata: "ATL", city: "Atlanta" },
  { iata: "MIA", city: "Miami" },
  { iata: "BOS", city: "Boston" },
  { iata: "PHX", city: "Phoenix" },
  { iata: "IAH", city: "Houston" },
  { iata: "LAS", city: "Las Vegas" },
  { iata: "MCO", city: "Orlando" },
  { iata: "EWR", city: "Newark" },
  { iata: "CLT", city: "Charlotte" },
  { iata: "MSP", city: "Minneapolis" },
  { iata: "DTW", city: "Detroit" },
  { iata: "PHL", city: "Philadelphia" },
  { iata: "LGA", city: "LaGuardia" },
];

export const listAllAirports = tool({
  name: "list_all_airports",
  kind: "read",
  description: "List the airports by code and city. The list is fixed; not every database has flights to all of them.",
  parameters: z.strictObject({}),
  result: z.array(airport),
  run: () => airports,
});
