import { z } from "zod";
import { mapOf, optional } from "../../core/schema.ts";
import { passenger } from "./passenger.ts";
import { paymentMethod } from "./payment-method.ts";

const name = z.object({ first_name: z.string(), last_name: z.string() });

const address = z.object({
  address1: z.string(),
  address2: optional(z.string()),
  city: z.string(),
  country: z.string(),
  state: z.string(),
  zip: z.string(),
});

/** A customer's profile. */
export type User = z.output<typeof user>;
export const user = z.object({
  user_id: z.string(),
  name,
  address,
  email: z.string(),
  dob: z.string(),
  payment_methods: mapOf(paymentMethod),
  saved_passengers: z.array(passenger),
  membership: z.enum(["gold", "silver", "regular"]),
  /** Ids, oldest first. Cancelled ones stay in the list. */
  reservations: z.array(z.string()),
});
