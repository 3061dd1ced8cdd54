import { z } from "zod";

/** Dollars left on a gift card or certificate. */
const balance = () => z.number();

/** What a user can pay with. Only cards and gift cards also pay for changes of a reservation. */
export type PaymentMethod = z.output<typeof paymentMethod>;
export const paymentMethod = z.discriminatedUnion("source", [
  z.object({ source: z.literal("credit_card"), id: z.string(), brand: z.string(), last_four: z.string() }),
  z.object({ source: z.literal("gift_card"), id: z.string(), amount: balance() }),
  z.object({ source: z.literal("certificate"), id: z.string(), amount: balance() }),
]);
