import { z } from "zod";

/** An airport by its code. */
export type Airport = z.output<typeof airport>;
export const airport = z.object({ iata: z.string(), city: z.string() });
