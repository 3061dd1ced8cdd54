import { expect, test } from "vitest";
import { parseReservation, createSmallAirline } from "../../../test/airline/small-airline.ts";

const cancel = (desk: ReturnType<typeof createSmallAirline>) => desk.call("cancel_reservation", { reservation_id: "AAA111" });
const amounts = (message: { content: string | null }) => parseReservation(message).payment_history.map(({ amount }) => amount);

test("cancelling a reservation refunds each payment to its method", () => {
  const cancelled = parseReservation(cancel(createSmallAirline()));
  expect(cancelled.status).toBe("cancelled");
  expect(cancelled.payment_history).toEqual([
    { payment_id: "credit_card_1", amount: 280 },
    { payment_id: "credit_card_1", amount: -280 },
  ]);
});

test("cancelling a reservation twice refunds the refunds", () => {
  const desk = createSmallAirline();
  cancel(desk);
  expect(amounts(cancel(desk))).toEqual([280, -280, -280, 280]);
});

test("a cancelled payment of 0 is refunded as 0, not as -0", () => {
  const desk = createSmallAirline();
  desk.reset({
    initialization_data: {
      agent_data: { reservations: { AAA111: { payment_history: [{ payment_id: "credit_card_1", amount: 0 }] } } },
      user_data: null,
    },
  });
  expect(cancel(desk).content).toContain('{"payment_id": "credit_card_1", "amount": 0}]');
});

test("cancelling a reservation does not change balances, seats or the customer", () => {
  const desk = createSmallAirline();
  cancel(desk);
  expect(new Set(desk.diff().agent.map(({ path }) => path.slice(0, 2).join(".")))).toEqual(new Set(["reservations.AAA111"]));
});

test("cancelling an unknown reservation fails", () => {
  expect(createSmallAirline().call("cancel_reservation", { reservation_id: "aaa111" }).content).toBe("Error: Reservation aaa111 not found");
});
