import { z } from "zod";
import { flightsOnSale } from "../rules/lookups.ts";
import { tool, foundFlight } from "../schema/db.ts";
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
  run: ({ db }, query) => flightsOnSale(db, query),
});
