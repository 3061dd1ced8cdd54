import { z } from "zod";
import { storeIntegerKinds } from "../../core/json/number-kinds.ts";
import { bagFee, getReservation, getUser, settleUpdate } from "../rules.ts";
import { tool, reservation } from "../schema.ts";
export const updateReservationBaggages = tool({
  name: "update_reservation_baggages",
  kind: "write",
  description: "Set the number of checked bags of a reservation; each further paid bag is charged.",
  parameters: z.strictObject({
    reservation_id: z.string().describe("The reservation, such as QX7T2M."),
    total_baggages: z.int().describe("Checked bags in all from now on."),
    nonfree_baggages: z.int().describe("How many of these go beyond the free allowance."),
    payment_id: z.string().describe("Credit card or gift card of the customer that pays."),
  }),
  result: reservation,
  run({ db }, args) {
    const { reservation_id, total_baggages, nonfree_baggages, payment_id } = args;
    const changed = getReservation(db, reservation_id);
    const user = getUser(db, changed.user_id);
    const added = Math.max(0, nonfree_baggages - changed.nonfree_baggages);
    changed.payment_history.push(...settleUpdate(user, payment_id, bagFee * added));
    changed.total_baggages = total_baggages;
    changed.nonfree_baggages = nonfree_baggages;
    storeIntegerKinds(changed, args, ["total_baggages", "nonfree_baggages"]);
    return changed;
  },
});
