import { z } from "zod";
import { compareCodePoints, pyJsonDumps } from "../../core/python.ts";
import { tool } from "../schema/db.ts";

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
