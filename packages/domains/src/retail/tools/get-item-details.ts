import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { tool, variant } from "../schema/db.ts";
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
