import { z } from "zod";
import { mapOf } from "../../core/schema.ts";
import { address } from "./address.ts";
import { paymentMethod } from "./payment-method.ts";

/** A customer. */
export type User = z.output<typeof user>;
export const user = z.object({
  user_id: z.string(),
  name: z.object({ first_name: z.string(), last_name: z.string() }),
  address,
  email: z.string(),
  payment_methods: mapOf(paymentMethod),
  /** Ids of the customer's orders. */
  orders: z.array(z.string()),
});
