import { expect, test } from "vitest";
import { answer, smallAirline } from "../../../test/airline/small-airline.ts";

const cancel = (desk: ReturnType<typeof smallAirline>) => desk.call("cancel_reservation", { reservation_id: "AAA111" });
const amounts = (message: { content: string | null }) => answer(message).payment_history.map(({ amount }) => amount);

test("cancelling marks the reservation and books every payment back to where it came from", () => {
  const cancelled = answer(cancel(smallAirline()));
  expect(cancelled.status).toBe("cancelled");
  expect(cancelled.payment_history).toEqual([
    { payment_id: "credit_card_1", amount: 280 },
    { payment_id: "credit_card_1", amount: -280 },
  ]);
});

test("cancelling twice books refunds of refunds", () => {
  const desk = smallAirline();
  cancel(desk);
  expect(amounts(cancel(desk))).toEqual([280, -280, -280, 280]);
});

test("a payment of nothing is booked back as 0, not as -0", () => {
  const desk = smallAirline();
  desk.reset({
    initialization_data: {
      agent_data: { reservations: { AAA111: { payment_history: [{ payment_id: "credit_card_1", amount: 0 }] } } },
      user_data: null,
    },
  });
  expect(cancel(desk).content).toContain('{"payment_id": "credit_card_1", "amount": 0}]');
});

test("cancelling touches neither balances nor seats nor the customer's list", () => {
  const desk = smallAirline();
  cancel(desk);
  expect(new Set(desk.diff().agent.map(({ path }) => path.slice(0, 2).join(".")))).toEqual(new Set(["reservations.AAA111"]));
});

test("an unknown reservation is refused", () => {
  expect(smallAirline().call("cancel_reservation", { reservation_id: "aaa111" }).content).toBe("Error: Reservation aaa111 not found");
});
