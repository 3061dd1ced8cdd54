import { z } from "zod";
import { getOrder, getProduct, getUser } from "../rules.ts";
import { tool, order, product, variant, user } from "../schema.ts";
import { ToolError } from "../../core/errors.ts";
import { compareCodePoints, pyJsonDumps } from "../../core/python.ts";

export const getOrderDetails = tool({
  name: "get_order_details",
  kind: "read",
  description: "Look up an order: its status, items, address, deliveries and payments.",
  parameters: z.strictObject({ order_id: z.string().describe("The order, such as #W1234567, with the # sign.") }),
  result: order,
  run: ({ db }, { order_id }) => getOrder(db, order_id),
});

export const getProductDetails = tool({
  name: "get_product_details",
  kind: "read",
  description: "Look up a product with all its variants, their options, prices and whether they are available.",
  parameters: z.strictObject({ product_id: z.string().describe("The product, ten digits. An item id is something else.") }),
  result: product,
  run: ({ db }, { product_id }) => getProduct(db, product_id),
});

export const getItemDetails = tool({
  name: "get_item_details",
  kind: "read",
  description: "Look up one variant of a product by its item id: its options, its price and whether it is available.",
  parameters: z.strictObject({ item_id: z.string().describe("The item, ten digits. A product id is something else.") }),
  result: variant,
  run({ db }, { item_id }) {
    for (const { variants } of Object.values(db.products)) {
      const found = variants.get(item_id);
      if (found) return found;
    }
    throw new ToolError("Item not found");
  },
});

export const getUserDetails = tool({
  name: "get_user_details",
  kind: "read",
  description: "Look up a customer: name, address, e-mail, payment methods and orders.",
  parameters: z.strictObject({ user_id: z.string().describe("The customer, such as ana_ruiz_1234.") }),
  result: user,
  run: ({ db }, { user_id }) => getUser(db, user_id),
});

export const listAllProductTypes = tool({
  name: "list_all_product_types",
  kind: "read",
  description: "List every product's name with its product id.",
  parameters: z.strictObject({}),
  result: z.string(),
  run({ db }) {
    const ids = new Map(Object.values(db.products).map(({ name, product_id }) => [name, product_id]));
    return pyJsonDumps(new Map([...ids].toSorted(([a], [b]) => compareCodePoints(a, b))));
  },
});
