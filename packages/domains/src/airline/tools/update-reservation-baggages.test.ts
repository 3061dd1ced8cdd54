import { beforeEach, expect, test } from "vitest";
import { parseReservation, createSmallAirline } from "../../../test/airline/small-airline.ts";

let desk: ReturnType<typeof createSmallAirline>;
const update = (total_baggages: number, nonfree_baggages: number, payment_id = "credit_card_1") =>
  desk.call("update_reservation_baggages", { reservation_id: "AAA111", total_baggages, nonfree_baggages, payment_id });

beforeEach(() => {
  desk = createSmallAirline();
});

test("each additional paid bag costs 50 dollars", () => {
  expect(parseReservation(update(6, 2))).toMatchObject({
    total_baggages: 6,
    nonfree_baggages: 2,
    payment_history: [{ amount: 280 }, { payment_id: "credit_card_1", amount: 100 }],
  });
  expect(parseReservation(update(7, 3)).payment_history.at(-1)).toEqual({ payment_id: "credit_card_1", amount: 50 });
});

test("free bags are not charged, and fewer bags are not refunded", () => {
  update(6, 2);
  expect(parseReservation(update(1, 0)).payment_history).toHaveLength(2);
});

test("a gift card pays for bags up to its balance", () => {
  expect(update(4, 2, "gift_card_1").error).toBe(false);
  expect(desk.db.users["ana_ruiz_1001"]!.payment_methods["gift_card_1"]).toMatchObject({ amount: 20 });
  expect(update(5, 3, "gift_card_1").content).toBe("Error: Gift card balance is not enough");
});

test("a change of bags requires a card or gift card of the customer, even if the price is 0", () => {
  expect(update(2, 0, "credit_card_9").content).toBe("Error: Payment method not found");
  expect(update(2, 0, "certificate_1").content).toBe("Error: Certificate cannot be used to update reservation");
  expect(desk.diff().agent).toEqual([]);
});
