import { beforeEach, describe, expect, test } from "vitest";
import type { Cabin } from "../schema.ts";
import { parseReservation, createSmallAirline } from "../../../test/airline/small-airline.ts";

let desk: ReturnType<typeof createSmallAirline>;
const booked = ["HAT001", "2024-05-20"] as const;
const update = (cabin: Cabin, flights: readonly (readonly [string, string])[], payment_id = "credit_card_1") =>
  desk.call("update_reservation_flights", {
    reservation_id: "AAA111",
    cabin,
    flights: flights.map(([flight_number, date]) => ({ flight_number, date })),
    payment_id,
  });

beforeEach(() => {
  desk = createSmallAirline();
});

describe("new flights of a reservation", () => {
  test("cost the current price per passenger, and the difference is charged", () => {
    const changed = parseReservation(update("economy", [["HAT002", "2024-05-20"]]));
    expect(changed.flights).toEqual([{ flight_number: "HAT002", origin: "SFO", destination: "DEN", date: "2024-05-20", price: 170 }]);
    expect(changed.payment_history.at(-1)).toEqual({ payment_id: "credit_card_1", amount: 60 });
  });

  test("do not change seats, origin, destination or kind of trip", () => {
    update("economy", [["HAT002", "2024-05-20"]]);
    expect(desk.diff().agent.map(({ path }) => path.join("."))).toEqual([
      "reservations.AAA111.flights",
      "reservations.AAA111.payment_history",
    ]);
  });

  test("must be on sale and have a free seat for each passenger", () => {
    expect(update("economy", [["HAT001", "2024-05-14"]]).content).toBe("Error: Flight HAT001 not available on date 2024-05-14");
    expect(update("economy", [["HAT001", "2024-05-21"]]).content).toBe("Error: Not enough seats on flight HAT001");
  });

  test("can be an empty list, which refunds all fares", () => {
    expect(parseReservation(update("economy", []))).toMatchObject({ flights: [], payment_history: [{ amount: 280 }, { amount: -280 }] });
  });
});

describe("an unchanged flight in the same cabin", () => {
  test("keeps its old price", () => {
    const changed = parseReservation(update("economy", [booked, ["HAT003", "2024-05-21"]]));
    expect(changed.flights.map(({ price }) => price)).toEqual([140, 190]);
    expect(changed.payment_history.at(-1)).toMatchObject({ amount: 380 });
  });

  test("is not checked again, even if it was flown", () => {
    const flown = { flight_number: "HAT001", origin: "SFO", destination: "JFK", date: "2024-05-15", price: 140 };
    desk.reset({ initialization_data: { agent_data: { reservations: { AAA111: { flights: [flown] } } }, user_data: null } });
    expect(parseReservation(update("economy", [["HAT001", "2024-05-15"]])).payment_history).toHaveLength(1);
    expect(update("business", [["HAT001", "2024-05-15"]]).content).toBe("Error: Flight HAT001 not available on date 2024-05-15");
  });
});

describe("a change of cabin", () => {
  test("charges the current price of every flight", () => {
    expect(parseReservation(update("business", [booked]))).toMatchObject({
      cabin: "business",
      flights: [{ price: 350 }],
      payment_history: [{ amount: 280 }, { amount: 420 }],
    });
  });

  test("to a cheaper one refunds to a gift card immediately", () => {
    expect(parseReservation(update("basic_economy", [booked], "gift_card_1")).payment_history.at(-1)).toEqual({
      payment_id: "gift_card_1",
      amount: -180,
    });
    expect(desk.db.users["ana_ruiz_1001"]!.payment_methods["gift_card_1"]).toMatchObject({ amount: 300 });
  });

  test("fails if the gift card has too little balance", () => {
    expect(update("business", [booked], "gift_card_1").content).toBe("Error: Gift card balance is not enough");
    expect(desk.diff().agent).toEqual([]);
  });
});
