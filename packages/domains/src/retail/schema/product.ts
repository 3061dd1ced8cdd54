import { z } from "zod";
import { mapOf, orderedMap } from "../../core/schema.ts";

/** One choice of a product's options, with a stock keeping id of its own. */
export type Variant = z.output<typeof variant>;
export const variant = z.object({
  item_id: z.string(),
  /** Option name to choice, such as `color` to `blue`. */
  options: mapOf(z.string()),
  available: z.boolean(),
  /** Dollars. */
  price: z.number(),
});

/** A product and its variants by item id. The ids look like integers, and models are shown them in the order of the file. */
export type Product = z.output<typeof product>;
export const product = z.object({ name: z.string(), product_id: z.string(), variants: orderedMap(variant) });
