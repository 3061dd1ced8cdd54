import { z } from "zod";
import { getProduct } from "../rules/lookups.ts";
import { tool, product } from "../schema/db.ts";
export const getProductDetails = tool({
  name: "get_product_details",
  kind: "read",
  description: "Look up a product with all its variants, their options, prices and whether they are available.",
  parameters: z.strictObject({ product_id: z.string().describe("The product, ten digits. An item id is something else.") }),
  result: product,
  run: ({ db }, { product_id }) => getProduct(db, product_id),
});
