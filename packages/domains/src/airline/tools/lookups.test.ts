import { describe, expect, test } from "vitest";
import { createSmallAirline } from "../../../test/airline/small-airline.ts";

const desk = createSmallAirline();

describe("lookups of airline", () => {
  test("return a reservation with unset fields as null", () => {
    expect(desk.call("get_reservation_details", { reservation_id: "AAA111" }).content).toMatch(
      /^\{"reservation_id": "AAA111", .*"insurance": "no", "status": null\}$/,
    );
  });

  test("return balances of a customer as floats", () => {
    const { content } = desk.call("get_user_details", { user_id: "ana_ruiz_1001" });
    expect(content).toContain('"gift_card_1": {"source": "gift_card", "id": "gift_card_1", "amount": 120.0}');
    expect(content).toContain('"address2": null');
  });

  test("return the status of a flight without quotes", () => {
    const status = (date: string) => desk.call("get_flight_status", { flight_number: "HAT001", date }).content;
    expect(["2024-05-14", "2024-05-15", "2024-05-20"].map(status)).toEqual(["cancelled", "landed", "available"]);
    expect(status("2024-06-01")).toBe("Error: Flight HAT001 not found on date 2024-06-01");
  });

  test("fail for unknown ids, including names of Object.prototype", () => {
    expect(desk.call("get_user_details", { user_id: "toString" }).content).toBe("Error: User toString not found");
    expect(desk.call("get_reservation_details", { reservation_id: "__proto__" }).content).toBe("Error: Reservation __proto__ not found");
    expect(desk.call("get_flight_status", { flight_number: "constructor", date: "2024-05-20" }).content).toBe(
      "Error: Flight constructor not found",
    );
    expect(desk.call("get_flight_status", { flight_number: "HAT001", date: "valueOf" }).content).toBe(
      "Error: Flight HAT001 not found on date valueOf",
    );
  });

  test("list 20 airports, with or without flights", () => {
    const airports: { iata: string }[] = JSON.parse(desk.call("list_all_airports").content!);
    expect(airports).toHaveLength(20);
    expect(airports[0]).toEqual({ iata: "SFO", city: "San Francisco" });
    expect(airports.at(-1)).toEqual({ iata: "LGA", city: "LaGuardia" });
  });
});
