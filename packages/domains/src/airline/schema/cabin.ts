import { z } from "zod";

/** Cabin classes. Basic economy is a class of its own, not a kind of economy. */
export type Cabin = z.output<typeof cabin>;
export const cabin = z.enum(["business", "economy", "basic_economy"]);
