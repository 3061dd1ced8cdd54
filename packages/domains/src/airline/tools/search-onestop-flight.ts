import { z } from "zod";
import { connectionsOnSale } from "../rules/lookups.ts";
import { tool, foundFlight } from "../schema/db.ts";
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
  run: ({ db }, { date, origin, destination }) => connectionsOnSale(db, date, origin, destination),
});
