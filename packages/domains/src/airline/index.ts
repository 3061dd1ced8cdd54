import { calculate, transferToHumanAgents } from "../core/tool/common-tools.ts";
import { defineDomain } from "../core/domain/domain.ts";
import { airlineDb, type AirlineDb } from "./schema/db.ts";
import { bookReservation } from "./tools/book-reservation.ts";
import { cancelReservation } from "./tools/cancel-reservation.ts";
import { getFlightStatus } from "./tools/get-flight-status.ts";
import { getReservationDetails } from "./tools/get-reservation-details.ts";
import { getUserDetails } from "./tools/get-user-details.ts";
import { listAllAirports } from "./tools/list-all-airports.ts";
import { searchDirectFlight } from "./tools/search-direct-flight.ts";
import { searchOnestopFlight } from "./tools/search-onestop-flight.ts";
import { sendCertificate } from "./tools/send-certificate.ts";
import { updateReservationBaggages } from "./tools/update-reservation-baggages.ts";
import { updateReservationFlights } from "./tools/update-reservation-flights.ts";
import { updateReservationPassengers } from "./tools/update-reservation-passengers.ts";

/**
 * An airline's service desk: booking, changing, cancelling and compensation.
 * The tools enforce prices, seats and payments; everything else that is forbidden stands in the policy only.
 */
export const airline = defineDomain({
  name: "airline",
  agent: {
    database: airlineDb,
    // The order is the reference's: models are shown the tools in it.
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

export type {
  AirlineDb,
  Airport,
  Cabin,
  Flight,
  FlightDate,
  FlightInfo,
  FoundFlight,
  Leg,
  Payment,
  Reservation,
  Passenger,
  PaymentMethod,
  User,
} from "./schema/db.ts";
