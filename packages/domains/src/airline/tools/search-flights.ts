import { z } from "zod";
import { findFlightsOnSale, findConnectionsOnSale } from "../rules.ts";
import { tool, foundFlight } from "../schema.ts";

export const searchDirectFlight = tool({
  name: "search_direct_flight",
  kind: "read",
  description: "Find bookable nonstop flights between two airports on a date, with free seats and prices by cabin.",
  parameters: z.strictObject({
    origin: z.string().describe("Airport code, such as SFO."),
    destination: z.string().describe("Airport code, such as JFK."),
    date: z.string().describe("Departure date, YYYY-MM-DD."),
  }),
  result: z.array(foundFlight),
  run: ({ db }, query) => findFlightsOnSale(db, query),
});

export const searchOnestopFlight = tool({
  name: "search_onestop_flight",
  kind: "read",
  description: "Find bookable pairs of flights between two airports that change planes once, leaving on a date.",
  parameters: z.strictObject({
    origin: z.string().describe("Airport code, such as SFO."),
    destination: z.string().describe("Airport code, such as JFK."),
    date: z.string().describe("Departure date of the first flight, YYYY-MM-DD."),
  }),
  result: z.array(z.tuple([foundFlight, foundFlight])),
  run: ({ db }, { date, origin, destination }) => findConnectionsOnSale(db, date, origin, destination),
});
