import { z } from "zod";
import { mapOf } from "../../core/schema.ts";
import { createToolFactory } from "../../core/tool.ts";
import { flight } from "./flight.ts";
import { reservation } from "./reservation.ts";
import { user } from "./user.ts";

/** The airline's books, each by its id. */
export type AirlineDb = z.output<typeof airlineDb>;
export const airlineDb = z.strictObject({ flights: mapOf(flight), users: mapOf(user), reservations: mapOf(reservation) });

export const tool = createToolFactory<AirlineDb>();
