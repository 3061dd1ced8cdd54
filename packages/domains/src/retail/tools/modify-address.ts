import { z } from "zod";
import { addressParameters, getOrder, requirePending, getUser } from "../rules.ts";
import { tool, order, user } from "../schema.ts";

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

export const modifyUserAddress = tool({
  name: "modify_user_address",
  kind: "write",
  description: "Change a customer's own address. Orders that were placed before keep theirs.",
  parameters: z.strictObject({ user_id: z.string().describe("The customer, such as ana_ruiz_1234."), ...addressParameters }),
  result: user,
  run({ db }, { user_id, ...address }) {
    const moved = getUser(db, user_id);
    moved.address = address;
    return moved;
  },
});
