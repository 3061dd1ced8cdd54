import { z } from "zod";
import { addressParameters, getOrder, requirePending } from "../rules/lookups.ts";
import { tool, order } from "../schema/db.ts";
export const modifyPendingOrderAddress = tool({
  name: "modify_pending_order_address",
  kind: "write",
  description: "Send a pending order to another address.",
  parameters: z.strictObject({ order_id: z.string().describe("The order, such as #W1234567, with the # sign."), ...addressParameters }),
  result: order,
  run({ db }, { order_id, ...address }) {
    const modified = getOrder(db, order_id);
    requirePending(modified);
    modified.address = address;
    return modified;
  },
});
