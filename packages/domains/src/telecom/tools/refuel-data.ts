import { z } from "zod";
import { ToolError } from "../../core/errors.ts";
import { pyFixed2, pyFloat, pyWritten } from "../../core/python.ts";
import { dict } from "../../core/schema/schema.ts";
import { addCharge, lineParameters, getLineOfCustomer, getPlan } from "../rules.ts";
import { tool } from "../schema.ts";

export const refuelData = tool({
  name: "refuel_data",
  kind: "write",
  description: "Add data to a line beyond its plan's limit, and charge it by the plan's price for each gigabyte.",
  parameters: z.strictObject({ ...lineParameters, gb_amount: z.number().describe("Gigabytes to add.") }),
  result: dict({ message: z.string(), new_data_refueling_gb: z.number(), charge: z.number() }),
  run({ db, newId }, args) {
    const { customer_id, line_id, gb_amount } = args;
    const line = getLineOfCustomer(db, customer_id, line_id);
    if (gb_amount <= 0) throw new ToolError("Refuel amount must be positive");
    const price = getPlan(db, line.plan_id).data_refueling_price_per_gb;
    const charge = gb_amount * price;
    const amount = pyWritten(args, "gb_amount", "float");
    line.data_refueling_gb += gb_amount;
    addCharge(db, newId, customer_id, charge, `Data refueling: ${amount} GB at $${pyFloat(price)}/GB`);
    return {
      message: `Successfully added ${amount} GB of data for line ${line_id} for $${pyFixed2(charge)}`,
      new_data_refueling_gb: line.data_refueling_gb,
      charge,
    };
  },
});
