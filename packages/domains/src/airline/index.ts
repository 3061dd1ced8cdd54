import { calculate, transferToHumanAgents } from "../core/tool/common-tools.ts";
import { defineDomain } from "../core/domain/domain.ts";
import { airlineDb } from "./schema.ts";
import { bookReservation } from "./tools/book-reservation.ts";
import { cancelReservation } from "./tools/cancel-reservation.ts";
import { getFlightStatus, getReservationDetails, getUserDetails, listAllAirports } from "./tools/lookups.ts";
import { searchDirectFlight, searchOnestopFlight } from "./tools/search-flights.ts";
import { sendCertificate } from "./tools/send-certificate.ts";
import { updateReservationBaggages } from "./tools/update-reservation-baggages.ts";
import { updateReservationFlights } from "./tools/update-reservation-flights.ts";
import { updateReservationPassengers } from "./tools/update-reservation-passengers.ts";

/**
 * Service desk of an airline: bookings, changes, cancellations and compensation.
 * The tools check prices, seats and payments. All other rules are only in the policy (docs/spec/airline.md#3-1).
 */
export const airline = defineDomain({
  name: "airline",
  agent: {
    database: airlineDb,
    // Models see the tools in this order, which is that of tau2-bench.
    tools: [
      bookReservation,
      calculate,
      cancelReservation,
      getReservationDetails,
      getUserDetails,
      listAllAirports,
      searchDirectFlight,
      searchOnestopFlight,
      sendCertificate,
      transferToHumanAgents,
      updateReservationBaggages,
      updateReservationFlights,
      updateReservationPassengers,
      getFlightStatus,
    ],
  },
  defaultSplit: "base",
  files: { db: "db.json", policy: "policy.md", tasks: "tasks.json" },
});

export type { AirlineDb, Flight, Reservation, User } from "./schema.ts";
