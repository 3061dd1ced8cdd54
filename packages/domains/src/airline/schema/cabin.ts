import { z } from "zod";

/** Cabin classes. Basic economy is a class of its own, not a kind of economy. */
export const cabin = z.enum(["business", "economy", "basic_economy"]);
export type Cabin = z.output<typeof cabin>;
