import { z } from "zod";
import { getFlightOnDate } from "../rules/lookups.ts";
import { tool, flightInfo } from "../schema/db.ts";
export const getFlightStatus = tool({
  name: "get_flight_status",
  kind: "read",
  description: "Tell whether a flight on a date is available, on time, delayed, flying, landed or cancelled.",
  parameters: z.strictObject(flightInfo.shape),
  result: z.string(),
  run: ({ db }, { flight_number, date }) => getFlightOnDate(db, flight_number, date).onDate.status,
});
