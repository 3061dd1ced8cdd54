import { z } from "zod";

/** What a customer can pay with. Only a gift card has a balance to watch. */
export type PaymentMethod = z.output<typeof paymentMethod>;
export const paymentMethod = z.discriminatedUnion("source", [
  z.object({ source: z.literal("credit_card"), id: z.string(), brand: z.string(), last_four: z.string() }),
  z.object({ source: z.literal("paypal"), id: z.string() }),
  z.object({ source: z.literal("gift_card"), id: z.string(), balance: z.number() }),
]);
