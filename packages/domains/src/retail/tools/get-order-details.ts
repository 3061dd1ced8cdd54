import { z } from "zod";
import { getOrder } from "../rules/lookups.ts";
import { tool, order } from "../schema/db.ts";
export const getOrderDetails = tool({
  name: "get_order_details",
  kind: "read",
  description: "Look up an order: its status, items, address, deliveries and payments.",
  parameters: z.strictObject({ order_id: z.string().describe("The order, such as #W1234567, with the # sign.") }),
  result: order,
  run: ({ db }, { order_id }) => getOrder(db, order_id),
});
