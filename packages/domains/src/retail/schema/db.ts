import { z } from "zod";
import { mapOf } from "../../core/schema.ts";
import { createToolFactory } from "../../core/tool.ts";
import { order } from "./order.ts";
import { product } from "./product.ts";
import { user } from "./user.ts";

/** The shop's books, each by its id. */
export type RetailDb = z.output<typeof retailDb>;
export const retailDb = z.strictObject({ products: mapOf(product), users: mapOf(user), orders: mapOf(order) });

export const tool = createToolFactory<RetailDb>();
