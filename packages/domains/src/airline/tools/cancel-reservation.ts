import { z } from "zod";
import { getReservation } from "../rules.ts";
import { tool, reservation } from "../schema.ts";
export const cancelReservation = tool({
  name: "cancel_reservation",
  kind: "write",
  description: "Cancel a whole reservation and send every payment back where it came from.",
  parameters: z.strictObject({ reservation_id: z.string().describe("The reservation, such as QX7T2M.") }),
  result: reservation,
  run({ db }, { reservation_id }) {
    const cancelled = getReservation(db, reservation_id);
    // Quirk of tau2-bench: refunds are recorded only; balances and seats do not change (docs/spec/airline.md#2-3).
    const refunds = cancelled.payment_history.map(({ payment_id, amount }) => ({ payment_id, amount: 0 - amount }));
    cancelled.payment_history.push(...refunds);
    cancelled.status = "cancelled";
    return cancelled;
  },
});
