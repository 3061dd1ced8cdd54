import { z } from "zod";
import { tool, airport, type Airport } from "../schema/db.ts";
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
